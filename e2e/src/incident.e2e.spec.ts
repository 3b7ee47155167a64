import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { incidentAt } from './incident.js';
import { Reader } from './reader.js';
import { eventsAround, post } from './sample-events.js';
import { Stack, until } from './stack.js';

const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 3 * 3_600_000);
const story = incidentAt(at);
const failure = 'Rollout of checkout failed';
const commit = 'Charge cards twice as fast';

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(stack.url, ...eventsAround(at, 400), ...story.events);
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const lane = (): Locator => reader.page.locator('.lane').first();
const chain = () => reader.detail.getByRole('list', { name: 'From commit to rollout' });
const changes = () => reader.detail.getByRole('table', { name: 'What this event changed' });

describe('an incident', () => {
  it('leads from the link of an alert to what broke it, and every step is an address', async () => {
    reader = await Reader.sit(browser, stack.url);
    const { page } = reader;
    await reader.open(`/home?at=${at.toISOString()}&w=30m`);
    const rollout = lane().getByRole('button', { name: failure });
    const inLanes = async () => {
      await rollout.waitFor();
      expect(await lane().getByRole('heading').innerText()).toMatch(/production\/shop\s.*1 failed/s);
      expect(await rollout.innerText()).toContain('−4 m 12 s');
      expect(await reader.detail.count()).toBe(0);
    };
    await isRestored(inLanes);

    await rollout.click();
    await reader.detail.getByRole('tab', { name: 'Changes' }).click();
    const inChanges = async () => {
      await reader.shows(failure);
      const text = await changes().innerText();
      expect(text).toMatch(/Replicas\s+3\s+5/);
      expect(text).toMatch(/Image\s.*1\.0\.9.*2\.0\.0/s);
      await rollout.waitFor();
    };
    await isRestored(inChanges);

    await reader.detail.getByRole('tab', { name: 'Related' }).click();
    await chain().getByRole('button', { name: commit }).first().click();
    const atCommit = async () => {
      await reader.shows(commit);
      expect(
        await chain().getByRole('listitem').filter({ hasText: 'this event' }).first().innerText(),
      ).toMatch(/^Commit/);
    };
    await isRestored(atCommit);
    expect(await chain().getByRole('heading').allInnerTexts()).toEqual([
      expect.stringMatching(/^Commit/),
      'Change',
      'Pipeline',
      'Image',
      'Rollout',
    ]);

    await page.goBack();
    await reader.shows(failure);
    await page.goBack();
    await reader.detail.waitFor({ state: 'detached' });
    await inLanes();
    expect(reader.faults).toEqual([]);
  });

  /** The same is on the screen when nothing but the address is left. */
  async function isRestored(holds: () => Promise<void>): Promise<void> {
    await holds();
    await reader.page.reload();
    await holds();
  }

  it('is found to its commit with the keyboard alone', async () => {
    reader = await Reader.sit(browser, stack.url);
    const { page } = reader;
    await reader.open('/home');
    await reader.live();
    await reader.press('/');
    await page.keyboard.type('type:rollout -status:success');
    await reader.press('Enter');
    await reader.counts('1 row');
    await reader.press('Escape', 'j');
    await until('the row has the focus', async () => (await reader.focusedRow.count()) === 1);
    await reader.press('Enter');
    await reader.shows(failure);
    await reader.press('2');
    await changes().waitFor();
    await reader.press('r');
    const target = chain().getByRole('button', { name: commit }).first();
    await target.waitFor();
    await reader.tabTo(target);
    await reader.press('Enter');
    await reader.shows(commit);

    await reader.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    // Whoever types on before it is there must not set off the keys of the page.
    await page.keyboard.type('ex');
    await palette.waitFor();
    expect(reader.query.get('q')).toBe('type:rollout -status:success');
    await palette.getByRole('combobox').fill('everything around');
    await palette.locator('[aria-selected=true]', { hasText: 'Everything around the event' }).waitFor();
    await reader.press('Enter');
    await page.getByRole('region', { name: 'Around a moment' }).waitFor();
    expect(reader.query.get('at')).toBe(story.events[0]?.timestamp);

    await reader.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard help' });
    const letters = help.getByRole('switch', { name: 'Single-key shortcuts' });
    await reader.tabTo(letters);
    await reader.press('Space', 'Escape', 'g', 'h', '?');
    await help.waitFor({ state: 'detached' });
    expect(reader.query.get('at')).not.toBeNull();
    await reader.press('Escape');
    await reader.detail.waitFor({ state: 'detached' });
    expect(reader.faults).toEqual([]);
  });
});
