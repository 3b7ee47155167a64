import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  it('shows connector and integration with their health, and for a bad repository what to do', async () => {
    stack.runConnector('git-connector', join(root, 'connectors/git/dist/index.js'), watching);
    const { page } = await sit('/settings');
    const processes = page.getByRole('table', { name: 'Connector processes' });
    await processes.getByRole('row').filter({ hasText: 'Git' }).filter({ hasText: 'Running' }).waitFor();
    const sources = page.getByRole('table', { name: /^Sources of/ });
    await sources
      .getByRole('row')
      .filter({ hasText: 'acme/payments' })
      .filter({ hasText: 'Healthy' })
      .waitFor();
    const bad = sources.getByRole('row').filter({ hasText: 'acme/moved-away' });
    await bad.filter({ hasText: 'Action required' }).waitFor();
    await sources.getByText('What to do:').first().waitFor();
    await page.getByText(/Defined in/).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /can.t see 1 of 2 sources/ })
      .getByRole('link', { name: 'Details' })
      .waitFor();
    expect(reader.faults).toEqual([]);
  });

  it.each(widths)('can be used by everybody, on %i px', async (width) => {
    const { page } = await sit('/settings', width);
    await page.getByText('What to do:').first().waitFor();
    await expectSound('the settings');
  });
});
