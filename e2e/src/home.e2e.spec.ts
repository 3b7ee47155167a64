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
const detail = () => reader.page.getByRole('article', { name: 'Event' });
const badge = () => reader.page.getByTitle(/(Pause|Resume) live/);
const chips = () => reader.page.getByRole('button', { name: 'Remove filter' });
const openRow = () => reader.page.locator('[data-row][aria-selected=true]');
const focusedRow = () => reader.page.locator('[data-row]:focus');

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
    await detail().getByRole('heading', { name: 'Lower the connection pool to 5' }).waitFor();
    await detail().getByText(sha.slice(0, 8)).first().waitFor();
    await detail().getByText('Ada Author').first().waitFor();
    expect(reader.faults).toEqual([]);
  });

  it('shows an event within two seconds of its POST', async () => {
    await sit('/home');
    await reader.live();
    await post(stack.url, sampleEvent({ title: 'Scaled checkout from 3 to 5' }));
    await reader.row('Scaled checkout from 3 to 5').waitFor({ timeout: 2_000 });
    expect(reader.faults).toEqual([]);
  });

  it('lets a row go when a range that moves with the clock has left it behind', async () => {
    const { page } = await sit('/home?range=6s');
    await reader.live();
    await post(stack.url, sampleEvent({ title: 'Soon forgotten' }));
    const row = reader.row('Soon forgotten');
    await row.waitFor({ timeout: 2_000 });
    await row.waitFor({ state: 'detached', timeout: 15_000 });
    await page
      .locator('.count-row')
      .filter({ hasText: /^0 rows/ })
      .waitFor();
    expect(reader.faults).toEqual([]);
  });

  it('keeps what is new back while somebody reads, and moves no row under the cursor', async () => {
    const { page } = await sit('/home');
    await reader.live();
    await page.mouse.move(500, 500);
    await page.mouse.wheel(0, 640);
    await badge().filter({ hasText: 'Paused' }).waitFor();
    const hovered = page.locator('[data-row]:hover');
    // While it scrolls nothing is under the mouse, and then what is there learns of it when the mouse moves.
    let x = 500;
    await until('the mouse is on a row', async () => {
      await page.mouse.move((x += 1), 500);
      return (await hovered.count()) === 1;
    });
    const before = { id: await hovered.getAttribute('data-row'), box: await hovered.boundingBox() };
    await post(stack.url, sampleEvent({ title: 'News one' }), sampleEvent({ title: 'News two' }));
    await badge().filter({ hasText: 'Paused · 2 new · Resume (l)' }).waitFor({ timeout: 2_000 });
    const after = { id: await hovered.getAttribute('data-row'), box: await hovered.boundingBox() };
    expect(after).toEqual(before);
    await badge().click();
    await reader.row('News two').waitFor({ timeout: 2_000 });
    await badge().filter({ hasText: /^Live/ }).waitFor();
  });

  it('scrolls to the end that the server names, without a gap or a repeat', async () => {
    const { page } = await sit('/home?connector=builds');
    await reader.row('Nightly build').waitFor();
    const seen = new Map<number, string>();
    await until('every row was in sight', async () => {
      for (const [index, id] of await page.evaluate<[number, string][]>(scrollOn)) seen.set(index, id);
      return seen.size >= builds;
    });
    await page
      .locator('.count-row')
      .filter({ hasText: /^1,050 rows/ })
      .waitFor();
    const shown = [...seen].toSorted(([one], [other]) => one - other).map(([, id]) => id);
    expect(shown).toEqual(await allIds('connector=builds'));
  });
});

describe('the address', () => {
  it('holds time range and filters, and Back and Forward restore them', async () => {
    const { page } = await sit('/home');
    await reader.row('Nightly build').waitFor();
    await page.getByRole('button', { name: '7d' }).click();
    await page.getByRole('button', { name: 'Project' }).click();
    await page.getByRole('searchbox').fill('service-3');
    await page.getByRole('checkbox', { name: 'acme/service-3' }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Connector' }).click();
    await page.getByRole('checkbox', { name: 'builds' }).check();
    await page.keyboard.press('Escape');
    await page.locator('.count-row').filter({ hasText: '150 rows' }).waitFor();
    await reader.row('Nightly build').click();
    await detail().waitFor();
    const everything = reader.query.toString();
    expect(everything).toMatch(
      /^(?=.*range=7d)(?=.*project=acme%2Fservice-3)(?=.*connector=builds)(?=.*e=evt_)/,
    );

    await page.goBack();
    await detail().waitFor({ state: 'detached' });
    await page.goBack();
    await expectChips('acme/service-3');
    await page.goBack();
    await expectChips();
    expect(reader.query.get('range')).toBe('7d');
    await page.goBack();
    await until('no time is set', () => reader.query.get('range') === null);
    for (let step = 0; step < 4; step += 1) await page.goForward();
    await detail().waitFor();
    expect(reader.query.toString()).toBe(everything);
    await expectChips('acme/service-3', 'builds');
  });

  async function expectChips(...values: string[]): Promise<void> {
    await until(`the filters are ${values.join()}`, async () => (await chips().count()) === values.length);
    for (const value of values) await chips().filter({ hasText: value }).waitFor();
  }

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
    await detail().getByRole('heading', { name: 'Rollout of checkout failed' }).waitFor();
    expect(await openRow().getAttribute('data-row')).toBe(id);
    const field = (name: string) =>
      detail()
        .locator('.field')
        .filter({ has: page.getByText(name, { exact: true }) });
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
    await detail().getByText('and 39 more fields, see Raw').waitFor();
    await page.mouse.move(1_200, 600);
    for (const link of await detail().getByRole('link').all())
      expect(await link.getAttribute('href')).toMatch(/^(https?:\/\/|mailto:)/);
    expect(await detail().locator('iframe, script, img, style').count()).toBe(0);
    expect(await reader.row('Hostile').locator('bdi', { hasText: '\u202E' }).count()).toBeGreaterThan(0);
    await detail().getByRole('tab', { name: 'Raw' }).click();
    await detail()
      .getByRole('button', { name: /characters/ })
      .waitFor();
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
    const press = (...keys: string[]) =>
      keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
    await press('j', 'j', 'j', 'k');
    expect(await focusedRow().getAttribute('data-row')).toBe(ids[1]);
    expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
    await press('Enter');
    await detail().waitFor();
    await press('j');
    await until('the detail follows', () => reader.query.get('e') === ids[2]);
    await press('Escape');
    await detail().waitFor({ state: 'detached' });
    expect(await focusedRow().getAttribute('data-row')).toBe(ids[2]);
    await press('Shift+Tab');
    expect(await page.locator('[role=grid] :focus').count()).toBe(0);

    await press('l');
    await badge().filter({ hasText: 'Paused' }).waitFor();
    await press('l');
    await badge().filter({ hasText: /^Live/ }).waitFor();
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('g', 's');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await press('g', 'h');
    await reader.row('Nightly build').waitFor();
  });
});

describe('without the backend', () => {
  it('keeps the rows, says so, and goes on without a hole when it is back', async () => {
    const { page } = await sit('/home');
    await reader.live();
    await reader.row('Nightly build').waitFor();
    stack.kill('launcher', 'SIGSTOP');
    stack.kill('backend');
    const bar = page.getByRole('alert').filter({ hasText: 'The backend has not answered since' });
    await bar.waitFor({ timeout: 12_000 });
    await reader.row('Nightly build').waitFor();
    expect(await badge().textContent()).toContain('Not reachable');

    stack.kill('launcher', 'SIGCONT');
    const titles = ['While away 1', 'While away 2', 'While away 3'];
    for (const title of titles) {
      await until('it takes events again', () =>
        post(stack.url, sampleEvent({ title })).then(
          () => true,
          () => false,
        ),
      );
    }
    for (const title of titles) await reader.row(title).waitFor({ timeout: 30_000 });
    await bar.waitFor({ state: 'detached', timeout: 12_000 });
    await reader.live();
    expect(reader.faults).toEqual([]);
  });
});
