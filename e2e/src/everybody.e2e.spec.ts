import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { incidentAt } from './incident.js';
import { Reader } from './reader.js';
import { eventsAround, idsOf, post, sampleEvent } from './sample-events.js';
import { Stack } from './stack.js';

const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 2 * 3_600_000);
const failure = 'Rollout of checkout failed';

let stack: Stack;
let browser: Browser;
let reader: Reader;
let failedId: string | undefined;

/** An event with values of every kind. */
const rich = sampleEvent({
  title: 'Everything about a release',
  status: 'failure',
  actor: 'kim',
  url: 'https://ci.example.com/acme/checkout/runs/42',
  tags: ['checkout'],
  data: {
    replicas: { old: 3, new: 5 },
    manifest: { old: 'cpu: 1\nmemory: 1Gi\n', new: 'cpu: 2\nmemory: 1Gi\n' },
    files: [{ path: 'a-rather-long-folder/and-a-long-file-name.yaml', added: 12, removed: 3 }],
    author: { login: 'kim', name: 'Kim' },
    started_at: '2026-11-24T10:00:00Z',
    nested: { one: { two: { three: 'deep' } } },
  },
});
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(stack.url, ...eventsAround(at, 60), ...incidentAt(at).events, rich);
  [failedId] = await idsOf(stack.url, 'type=rollout&status=failure');
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** The page below has been looked at. */
const overThePage = 'dialog[open], [popover]:popover-open';

/** Whatever stands on the screen can be used by everybody in either theme, and fits. */
async function expectSound(what: string, within?: string): Promise<void> {
  const found = {
    access: await reader.accessFaults(within),
    sidewaysPx: await reader.sideways(),
    small: await reader.smallTargets(),
    faults: reader.faults,
  };
  expect({ what, ...found }).toEqual({ what, access: [], sidewaysPx: 0, small: [], faults: [] });
}

const dialog = (name: string) => reader.page.getByRole('dialog', { name });
const button = (name: string | RegExp) => reader.page.getByRole('button', { name });

/** Opens something, looks at it, and leaves it with Esc. */
async function look(what: string, open: () => Promise<void>, shown: () => Locator): Promise<void> {
  await open();
  await shown().first().waitFor();
  await expectSound(what, overThePage);
  await reader.press('Escape');
  await shown().first().waitFor({ state: 'detached' });
}

describe.each([1440, 390])('everybody, on %i px,', (width) => {
  const narrow = width < 768;
  const sit = async (path: string) => {
    reader = await Reader.sit(browser, stack.url, width);
    await reader.open(path);
    return reader;
  };

  /** With a finger, or with the mouse. */
  const use = (target: Locator) => (narrow ? target.tap() : target.click());

  it('can use the timeline, and everything that opens over it', async () => {
    const { page } = await sit('/home');
    await reader.row('Deployed').waitFor();
    await expectSound('the timeline');
    if (narrow) {
      const facet = () => dialog('Filters').getByRole('button', { name: 'Only builds' });
      await look('the filters', () => use(button(/^Filters/)), facet);
      const presets = () => dialog('Time').getByRole('group', { name: 'Preset ranges' });
      await look('the time', () => use(button(/^Time:/)), presets);
    } else {
      const presets = () => dialog('Time').getByRole('group', { name: 'Preset ranges' });
      await look('the time', () => use(button('From and to, and more')), presets);
      const switched = () => dialog('Keyboard help').getByRole('switch');
      await look('the help', () => use(button('Keyboard help')), switched);
    }
    const commands = () => page.getByRole('listbox', { name: 'Commands' });
    await look('the palette', () => use(button('Commands').filter({ visible: true })), commands);
    const link = () => dialog('Share and export').getByRole('link', { name: 'CSV' });
    await look('share', () => use(button('Share')), link);
    const fields = () => dialog('Columns and layout').getByRole('button', { name: 'data.replicas' });
    await look('the columns', () => use(button('Columns')), fields);
    await use(button('Saved views'));
    await use(button(/^Save as new/));
    const name = dialog('Save view').getByRole('textbox', { name: 'Name' });
    await name.waitFor();
    await expectSound('saving a view', overThePage);
    await reader.press('Escape');
    await name.waitFor({ state: 'detached' });
    await reader.queryBox.fill('status:');
    await page.getByRole('option', { name: 'failure' }).waitFor();
    await expectSound('suggestions', '.ask');
  });

  it('can read an event, tab by tab', async () => {
    const [richId] = await idsOf(stack.url, 'actor=kim');
    await sit(`/home?e=${richId}`);
    await reader.detail.getByText('Manifest').first().waitFor();
    await expectSound('values of every kind');
    await reader.open(`/home?e=${failedId}`);
    await reader.shows(failure);
    for (const tab of ['Changes', 'Around', 'Related', 'Raw']) {
      await use(reader.detail.getByRole('tab', { name: tab }));
      await reader.detail.getByRole('tabpanel', { name: tab }).locator('li, td, .field').first().waitFor();
      await expectSound(tab, '.event-panel');
    }
  });

  it('can look around a moment, and is told when there is nothing', async () => {
    const { page } = await sit(`/home?at=${at.toISOString()}`);
    await page.getByRole('button', { name: failure }).waitFor();
    await expectSound('around a moment');
    await reader.open('/home?q=status%3Anothing&range=24h');
    await page.getByRole('heading', { name: 'No event matches' }).waitFor();
    await button(/^Without status:nothing/).waitFor();
    await expectSound('no match');
    await reader.open('/home?q=status%3A(failure');
    await page.getByRole('heading', { name: 'This query cannot be read' }).waitFor();
    await expectSound('a query that cannot be read');
  });
});

it('lays out rows as cards on a phone, and the journey through an incident fits', async () => {
  reader = await Reader.sit(browser, stack.url, 390);
  const { page } = reader;
  await reader.open('/home');
  await reader.row('Deployed').waitFor();
  expect((await reader.row('Deployed').boundingBox())?.height).toBe(56);
  await button(/^Filters/).tap();
  await dialog('Filters').getByRole('button', { name: 'Only failure' }).tap();
  await reader.press('Escape');
  expect(reader.query.get('q')).toBe('status:failure');
  await button(/^Time:/).tap();
  await dialog('Time').getByRole('button', { name: '24h' }).tap();
  await dialog('Time').waitFor({ state: 'detached' });
  expect(reader.query.get('range')).toBe('24h');
  await reader.row(failure).tap();
  const sheet = dialog('Event');
  await sheet.getByRole('tab', { name: 'Changes' }).tap();
  await sheet.getByRole('table', { name: 'What this event changed' }).waitFor();
  await sheet.getByRole('tab', { name: 'Around' }).tap();
  await sheet.getByRole('button', { name: 'Open in full' }).tap();
  await reader.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Around a moment' }).waitFor();
  await button('Commands').filter({ visible: true }).tap();
  await dialog('Commands').getByRole('option', { name: 'Back to the timeline' }).tap();
  await reader.row(failure).waitFor();
  expect(await reader.sideways()).toBe(0);
  expect(reader.faults).toEqual([]);
});
