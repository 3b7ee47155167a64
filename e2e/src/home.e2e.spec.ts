import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { hostileEvent, idsOf, manyEvents, post, sampleEvent } from './sample-events.js';
import { SampleRepository } from './sample-repository.js';
import { Stack, until } from './stack.js';

const builds = 1_050;
const folder = mkdtempSync(join(tmpdir(), 'painchain-journey-'));
const repository = SampleRepository.make(join(folder, 'payments'));
const watching = `connector: { type: git, project: shop }
config:
  repositories: [{ path: ${JSON.stringify(repository.path)}, name: acme/payments }]
  polling: { interval: 2 }
`;

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([
    Stack.start({ config: { 'git-connector': watching } }),
    launchBrowser(),
  ]);
  await post(stack.url, ...manyEvents(builds));
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function sit(path: string): Promise<Reader> {
  reader = await Reader.sit(browser, stack.url);
  await reader.open(path);
  return reader;
}

const allIds = (query: string) => idsOf(stack.url, query);
const openRow = () => reader.page.locator('[data-row][aria-selected=true]');

/** Tells which rows exist now, each by its place in the grid, and scrolls on by less than a screen. */
const scrollOn = `(async () => {
  const rows = [...document.querySelectorAll('[data-row]')];
  const seen = rows.map((row) => [Number(row.ariaRowIndex), row.dataset.row]);
  document.querySelector('[role=rowgroup]').scrollBy(0, 500);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return seen;
})()`;

describe('the timeline', () => {
  it('shows the commits, branches and tags of a real repository, and the next commit by itself', async () => {
    await sit('/home?connector=git');
    for (const title of ['Raise the connection pool', 'Retry a refused card once', 'Branch retry', 'v1.0.0'])
      await reader.row(title).waitFor();
    await reader.live();
    const sha = repository.commit('Lower the connection pool to 5');
    await reader.row('Lower the connection pool to 5').click({ timeout: 20_000 });
    await reader.detail.getByRole('heading', { name: 'Lower the connection pool to 5' }).waitFor();
    await reader.detail.getByText(sha.slice(0, 8)).first().waitFor();
    await reader.detail.getByText('Ada Author').first().waitFor();
    expect(reader.faults).toEqual([]);
  });

  it('lets a row go when a range that moves with the clock has left it behind', async () => {
    await sit('/home?range=6s');
    await reader.live();
    await post(stack.url, sampleEvent({ title: 'Soon forgotten' }));
    const row = reader.row('Soon forgotten');
    await row.waitFor({ timeout: 2_000 });
    await row.waitFor({ state: 'detached', timeout: 15_000 });
    await reader.counts('0 rows');
    expect(reader.faults).toEqual([]);
  });

  it('scrolls to the end that the server names, without a gap or a repeat', async () => {
    const { page } = await sit('/home?connector=builds');
    await reader.row('Nightly build').waitFor();
    const seen = new Map<number, string>();
    await until('every row was in sight', async () => {
      for (const [index, id] of await page.evaluate<[number, string][]>(scrollOn)) seen.set(index, id);
      return seen.size >= builds;
    });
    await reader.counts('1,050 rows');
    const shown = [...seen].toSorted(([one], [other]) => one - other).map(([, id]) => id);
    expect(shown).toEqual(await allIds('connector=builds'));
  });
});

describe('the address', () => {
  it('holds time range and filters, and Back and Forward restore them', async () => {
    const { page } = await sit('/home');
    await reader.row('Nightly build').waitFor();
    await page.getByRole('button', { name: '7d' }).click();
    const project = page.locator('.facets').getByRole('region', { name: 'Project' });
    await project.getByRole('button', { name: 'Only acme/service-3' }).click();
    await expectChips('project:acme/service-3');
    const connector = page.locator('.facets').getByRole('region', { name: 'Connector' });
    await connector.getByRole('checkbox', { name: 'Include builds' }).check();
    await reader.counts('150 rows');
    await reader.row('Nightly build').click();
    await reader.detail.waitFor();
    const everything = reader.query.toString();
    expect(everything).toMatch(
      /^(?=.*q=project%3Aacme%2Fservice-3\+connector%3Abuilds)(?=.*range=7d)(?=.*e=evt_)/,
    );

    await page.goBack();
    await reader.detail.waitFor({ state: 'detached' });
    await page.goBack();
    await expectChips('project:acme/service-3');
    await page.goBack();
    await expectChips();
    expect(reader.query.get('range')).toBe('7d');
    await page.goBack();
    await until('no time is set', () => reader.query.get('range') === null);
    for (let step = 0; step < 4; step += 1) await page.goForward();
    await reader.detail.waitFor();
    expect(reader.query.toString()).toBe(everything);
    await expectChips('project:acme/service-3', 'connector:builds');
  });

  async function expectChips(...chips: string[]): Promise<void> {
    await expect.poll(() => reader.chips()).toEqual(chips);
  }

  it('shows a timeline whatever it says, and loses a field that it names for good', async () => {
    const { page } = await sit('/home?at=yesterday-ish&w=x&tab=none&cols=nothing&sort=%3A&e=evt_%3C&view=x');
    await reader.row('Nightly build').waitFor();
    await sit('/home?project=acme/service-3&fold=off');
    await expectChips('project:acme/service-3');
    await reader.page.getByRole('button', { name: 'Remove project:acme/service-3' }).click();
    await expectChips();
    await until('the address names no project', () => !reader.query.has('project') && !reader.query.has('q'));
    await reader.page.reload();
    await reader.row('Nightly build').waitFor();
    await expectChips();
    expect(reader.faults).toEqual([]);
    await page.context().close();
  });

  it('opens an event, and lays out any data of any source', async () => {
    const sha = '3f2a9c1d5e8b7a6f4c3d2e1f0a9b8c7d6e5f4a3b';
    await post(
      stack.url,
      sampleEvent({
        title: 'Rollout of checkout failed',
        status: 'failure',
        data: {
          conclusion: 'failure',
          replicas: { old: 3, new: 5 },
          manifest: { old: 'cpu: 1\nmemory: 1Gi\n', new: 'cpu: 2\nmemory: 1Gi\n' },
          head_sha: sha,
          run: 'https://ci.example.com/acme/checkout/runs/42',
        },
      }),
    );
    const [id] = await allIds('status=failure&connector=script');
    const { page } = await sit(`/home?e=${id}`);
    await reader.detail.getByRole('heading', { name: 'Rollout of checkout failed' }).waitFor();
    expect(await openRow().getAttribute('data-row')).toBe(id);
    const field = (name: string) =>
      reader.detail.locator('.field').filter({ has: page.getByText(name, { exact: true }) });
    expect(await field('Conclusion').locator('.text-bad').first().textContent()).toContain('failure');
    expect(await field('Replicas').innerText()).toMatch(/was\s+3\s+is now\s+5/);
    expect(await field('Head sha').innerText()).toContain(sha.slice(0, 8));
    const link = field('Run').getByRole('link');
    expect(await link.getAttribute('href')).toBe('https://ci.example.com/acme/checkout/runs/42');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(reader.faults).toEqual([]);
  });
});

describe('a hostile event', () => {
  it('is shown as the text that it is: nothing of it runs, links or leaves its place', async () => {
    await post(stack.url, hostileEvent('Hostile'));
    const { page } = await sit('/home');
    await reader.row('Hostile <script>window.ran=true</script>').click();
    await reader.detail.getByText('and 39 more fields, see Raw').waitFor();
    await page.mouse.move(1_200, 600);
    for (const link of await reader.detail.getByRole('link').all())
      expect(await link.getAttribute('href')).toMatch(/^(https?:\/\/|mailto:)/);
    expect(await reader.detail.locator('iframe, script, img, style').count()).toBe(0);
    expect(await reader.row('Hostile').locator('bdi', { hasText: '\u202E' }).count()).toBeGreaterThan(0);
    await reader.detail.getByRole('tab', { name: 'Raw' }).click();
    // Of so many keys none is shown unasked.
    await reader.detail.getByRole('button', { name: /^"data"/ }).click();
    await reader.detail.getByRole('button', { name: /characters$/ }).waitFor();
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(reader.faults).toEqual([]);
    // The recorder itself: what the policy refuses is heard of.
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('style'), { textContent: '*{}' }))`,
    );
    await until('the refusal is heard of', () => reader.faults.some((text) => text.includes('style-src')));
  });
});

describe('with the keyboard alone', () => {
  it('goes through rows, events and pages, with one tab stop in the timeline', async () => {
    const { page } = await sit('/home?connector=builds');
    await reader.row('Nightly build').waitFor();
    const ids = await allIds('connector=builds');
    await reader.press('j', 'j', 'j', 'k');
    expect(await reader.focusedRow.getAttribute('data-row')).toBe(ids[1]);
    expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
    await reader.press('Enter');
    await reader.detail.waitFor();
    await reader.press('j');
    await until('the detail follows', () => reader.query.get('e') === ids[2]);
    await reader.press('Escape');
    await reader.detail.waitFor({ state: 'detached' });
    expect(await reader.focusedRow.getAttribute('data-row')).toBe(ids[2]);
    await reader.press('Shift+Tab');
    expect(await page.locator('[role=grid] :focus').count()).toBe(0);

    await reader.press('l');
    await reader.badge.filter({ hasText: 'Paused' }).waitFor();
    await reader.press('l');
    await reader.badge.filter({ hasText: /^Live/ }).waitFor();
    await reader.press('?');
    await page.getByRole('dialog', { name: 'Keyboard help' }).waitFor();
    await reader.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await reader.press('g', 's');
    await page.getByRole('heading', { name: 'Integrations' }).waitFor();
    await reader.press('g', 'h');
    await reader.row('Nightly build').waitFor();
  });
});
