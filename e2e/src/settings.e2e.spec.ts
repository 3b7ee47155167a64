import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntegrationList, NewIntegration } from '@painchain/contract';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { post, sampleEvent } from './sample-events.js';
import { SampleRepository } from './sample-repository.js';
import { Stack, root } from './stack.js';

const folder = mkdtempSync(join(tmpdir(), 'painchain-settings-'));
const repository = SampleRepository.make(join(folder, 'payments'));
const watching = `connector: { type: git, project: shop }
config:
  repositories:
    - { path: ${JSON.stringify(repository.path)}, name: acme/payments }
    - { path: ${JSON.stringify(join(folder, 'moved-away'))}, name: acme/moved-away }
  polling: { interval: 2 }
`;

const widths = [1440, 390];

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function sit(path: string, width?: number): Promise<Reader> {
  reader = await Reader.sit(browser, stack.url, width);
  await reader.open(path);
  return reader;
}

/** Whatever stands on the screen can be used by everybody in either theme, and fits. */
async function expectSound(what: string): Promise<void> {
  const found = {
    access: await reader.accessFaults(),
    sidewaysPx: await reader.sideways(),
    faults: reader.faults,
  };
  expect({ what, ...found }).toEqual({ what, access: [], sidewaysPx: 0, faults: [] });
}

// In this order: first nothing is connected, then an event comes, then a connector.
describe('an installation that has nothing yet', () => {
  it.each(widths)('says how to begin, to everybody, on %i px', async (width) => {
    const { page } = await sit('/home', width);
    await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
    await page.getByText(`curl -X POST ${stack.url}/api/events`).waitFor();
    await expectSound('the empty timeline');
  });

  it('shows the first event in its place, by itself', async () => {
    const { page } = await sit('/home');
    await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
    await reader.live();
    await post(stack.url, sampleEvent({ title: 'Hello from my terminal' }));
    await reader.row('Hello from my terminal').waitFor({ timeout: 2_000 });
    expect(reader.faults).toEqual([]);
  });
});

describe('/settings', () => {
  it('leads from nothing to adding something', async () => {
    const { page } = await sit('/settings');
    await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
    await page.getByRole('link', { name: 'Add an integration' }).click();
    await page.getByRole('heading', { level: 1, name: 'Add an integration' }).waitFor();
    expect(reader.faults).toEqual([]);
  });

  it('shows an integration with its health, and for a bad repository what to do', async () => {
    stack.runConnector('git-connector', join(root, 'connectors/git/dist/index.js'), watching);
    const { page } = await sit('/settings');
    const row = page
      .getByRole('table', { name: 'Integrations' })
      .locator('tbody')
      .filter({ hasText: 'git-shop' });
    await row.filter({ hasText: 'Action required' }).getByText('What to do:').waitFor();
    await row.getByRole('link', { name: 'git-shop' }).click();
    const sources = page.getByRole('table', { name: 'Sources of git-shop' });
    await sources
      .getByRole('row')
      .filter({ hasText: 'acme/payments' })
      .filter({ hasText: 'Healthy' })
      .waitFor();
    const bad = sources.getByRole('row').filter({ hasText: 'acme/moved-away' });
    await bad.filter({ hasText: 'Action required' }).waitFor();
    await page.getByText('name: acme/payments').waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /can.t see 1 of 2 sources/ })
      .getByRole('link', { name: 'Details' })
      .waitFor();
    expect(reader.faults).toEqual([]);
  });

  it('leaves to its file what the file manages, and tests and syncs it all the same', async () => {
    const { page } = await sit(await pathOf('git-shop'));
    await page.getByText(/^Defined in/).waitFor();
    const actions = page.getByRole('group', { name: 'Actions' });
    expect(await actions.getByRole('button').allTextContents()).toEqual(['Test connection', 'Sync now']);
    await actions.getByRole('button', { name: 'Test connection' }).press('Enter');
    const outcome = page.getByRole('region', { name: 'Test connection' });
    await outcome.getByText(/The connection does not work/).waitFor({ timeout: 60_000 });
    await outcome.getByText('What to do:').first().waitFor();
    await reader.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('sync now');
    await reader.press('Enter');
    await page.getByText('The sync failed for 1 of 2 sources.').waitFor({ timeout: 60_000 });
    writeFileSync(join(stack.home, 'git-connector.yaml'), watching.replace('interval: 2', 'interval: 3'));
    await page.getByText(/says something else about: polling/).waitFor({ timeout: 60_000 });
    expect(reader.faults).toEqual([]);
  });

  it('pauses, resumes and removes what was registered by hand', async () => {
    await register('by-hand');
    const { page } = await sit(await pathOf('by-hand'));
    await page.getByText(/token: ••••/).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('status').filter({ hasText: 'by-hand is paused' }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('status').filter({ hasText: 'by-hand is resumed' }).waitFor();
    await page.getByRole('link', { name: /"by-hand" disabled/ }).waitFor();
    await page.getByRole('button', { name: 'Remove…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove by-hand' });
    const remove = dialog.getByRole('button', { name: 'Remove, keep its events' });
    expect(await remove.isDisabled()).toBe(true);
    expect(await reader.accessFaults('dialog')).toEqual([]);
    await dialog.getByRole('textbox', { name: /Type its name/ }).fill('by-hand');
    await remove.click();
    await page.getByRole('status').filter({ hasText: 'by-hand is removed. Its events stay.' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Integrations' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('link', { name: 'by-hand' }).waitFor({ state: 'detached' });
    expect(reader.faults).toEqual([]);
  });

  it('finds the worst of many at once, and any of them by a word', async () => {
    for (let number = 1; number <= 60; number += 1) await register(`team-${number}`, { enabled: false });
    const { page } = await sit('/settings');
    const rows = page.getByRole('table', { name: 'Integrations' }).locator('tbody');
    await rows.first().filter({ hasText: 'git-shop' }).waitFor();
    expect(await rows.count()).toBe(50);
    await page.getByRole('searchbox', { name: 'Find an integration' }).fill('team-57');
    await page.getByText('1 of 61 integrations').waitFor();
    expect(await rows.allTextContents()).toEqual([expect.stringContaining('team-57')]);
    await page.reload();
    await page.getByText('1 of 61 integrations').waitFor();
  });

  it('names teams, whose events are one click away', async () => {
    const { page } = await sit('/settings/teams');
    await page.getByRole('button', { name: 'Add a team' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Payments');
    await page.getByRole('combobox', { name: 'Tags' }).fill('pay');
    await page.getByRole('button', { name: 'Add team' }).click();
    await page.getByRole('button', { name: 'Add a team' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('link', { name: 'Timeline of Payments' }).click();
    await page.getByText('tag:pay').first().waitFor();
    expect(reader.faults).toEqual([]);
  });

  it.each(widths)('can be used by everybody, on %i px', async (width) => {
    const places = {
      '/settings': 'What to do:',
      [await pathOf('git-shop')]: 'name: acme/payments',
      '/settings/connectors': 'event types',
      '/settings/teams': 'Payments',
      '/settings/integrations/int_0': 'There is no such integration',
    };
    await sit('/settings', width);
    for (const [path, words] of Object.entries(places)) {
      await reader.open(path);
      await reader.page.getByText(words).first().waitFor();
      await expectSound(path);
      expect(await reader.smallTargets()).toEqual([]);
    }
  });
});

async function register(name: string, given: Partial<NewIntegration> = {}): Promise<void> {
  const config = { repositories: [{ url: 'https://git.invalid/acme/x.git', token: 'not-a-real-one' }] };
  const answer = await fetch(`${stack.url}/api/integrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'git', name, config, ...given }),
  });
  expect(answer.status).toBe(201);
}

/** The page of the integration with this name. */
async function pathOf(name: string): Promise<string> {
  const answer = await fetch(`${stack.url}/api/integrations`);
  const { integrations } = (await answer.json()) as IntegrationList;
  return `/settings/integrations/${integrations.find((each) => each.name === name)?.id}`;
}
