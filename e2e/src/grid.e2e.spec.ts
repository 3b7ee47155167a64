import type { TimelinePage } from '@painchain/contract';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { post, sampleEvent } from './sample-events.js';
import { Stack, until } from './stack.js';

/** An event some minutes before noon of yesterday, so that all of them are of one day. */
const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000;
const before = (minutes: number) => new Date(noon - minutes * 60_000).toISOString();

/** From the newest to the oldest: what folds, and what must not. */
const events = [
  sampleEvent({ title: 'Newest of all', timestamp: before(0), project: 'acme/web', data: { size: 30 } }),
  ...[10, 11, 12, 13].map((minutes, n) =>
    sampleEvent({
      title: `Restarted pod web-${n}`,
      timestamp: before(minutes),
      project: 'production/web',
      status: n === 2 ? 'failure' : 'success',
      type: 'restart',
      data: { size: n, node: 'node-7' },
    }),
  ),
  ...['running', 'success', 'queued'].map((status, n) =>
    sampleEvent({
      title: `Run 7 is ${status}`,
      timestamp: before([41, 30, 50][n] ?? 0),
      subject: 'acme/web/run/7',
      connector: 'builds',
      status,
      type: 'run',
      data: { size: 10 + n, node: 'node-1' },
    }),
  ),
];

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(stack.url, ...events);
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function sit(path: string): Promise<Reader> {
  reader = await Reader.sit(browser, stack.url);
  await reader.open(path);
  await reader.row('Run 7').waitFor();
  return reader;
}

const titles = () => reader.page.locator('[data-row] .cell-title > bdi:first-child').allInnerTexts();
const headings = () =>
  reader.page.locator('.virtual-rows .heading-row, [role=row].heading-row').allInnerTexts();
const isShown = (...wanted: string[]) =>
  until(`the rows are ${wanted.join()}`, async () => (await titles()).join() === wanted.join(), 10_000);
const fold = (title: string) => reader.row(title).locator('[data-fold]');
const folded = [
  'Newest of all',
  'Restarted pod web-0',
  'Restarted pod web-2',
  'Restarted pod web-3',
  'Run 7 is success',
];
const all = [
  ...folded.slice(0, 2),
  'Restarted pod web-1',
  ...folded.slice(2),
  'Run 7 is running',
  'Run 7 is queued',
];

describe('rows', () => {
  it('fold repeats and the states of a subject, but never a failure', async () => {
    await sit('/home');
    await isShown(...folded);
    expect(await fold('Restarted pod web-0').innerText()).toBe('×2');
    expect(await fold('Restarted pod web-2').count()).toBe(0);
    expect(await fold('Run 7 is success').innerText()).toBe('×3');
    await fold('Restarted pod web-0').click();
    await isShown(...all.slice(0, 3), ...folded.slice(2));
    await fold('Restarted pod web-0').click();
    await isShown(...folded);
    await reader.row('Run 7 is success').focus();
    await reader.press('x');
    await isShown(...folded, 'Run 7 is running', 'Run 7 is queued');
    await reader.page.getByRole('button', { name: 'Fold', exact: true }).click();
    await isShown(...all);
    expect(reader.query.get('fold')).toBe('off');
    expect(reader.faults).toEqual([]);
  });

  it('stand under projects, and have columns by which they are sorted', async () => {
    const { page } = await sit('/home');
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('project');
    const projects = 'acme/checkout acme/web production/web';
    await until('there are three projects, by name', async () => (await headings()).join(' ') === projects);
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('day');

    await page.getByRole('button', { name: 'Columns' }).click();
    const panel = page.getByRole('dialog', { name: 'Columns and layout' });
    await panel.getByRole('searchbox', { name: 'Find a field' }).fill('size');
    await panel.getByRole('button', { name: 'data.size' }).click();
    await reader.press('Escape');
    const head = page.getByRole('columnheader', { name: 'Size' });
    await head.getByRole('button').click();
    await isShown(
      'Restarted pod web-0',
      'Restarted pod web-1',
      'Restarted pod web-2',
      'Restarted pod web-3',
      'Run 7 is running',
      'Run 7 is success',
      'Run 7 is queued',
      'Newest of all',
    );
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    await head.getByRole('button').click();
    await until('the largest is first', async () => (await titles())[0] === 'Newest of all');
    expect(reader.query.getAll('cols')).toEqual(['data.size']);
    expect(reader.query.get('sort')).toBe('-data.size');
    await page.reload();
    await until('the largest is first', async () => (await titles())[0] === 'Newest of all');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(reader.faults).toEqual([]);
  });

  it('are a grid with one tab stop, and each key does what the help says', async () => {
    const { page } = await sit('/home?fold=off');
    const grid = page.getByRole('grid', { name: 'Timeline' });
    await isShown(...all);
    // The head, one day, eight rows and the end.
    expect(await grid.getAttribute('aria-rowcount')).toBe('11');
    const indexes = await page.evaluate<string[]>(
      '[...document.querySelectorAll("[data-row]")].map(({ ariaRowIndex }) => ariaRowIndex)',
    );
    expect(indexes).toEqual(all.map((_, n) => String(n + 3)));
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1);

    await reader.press('j', 'j', 'j', 'k');
    expect(await reader.focusedRow.innerText()).toContain('Restarted pod web-0');
    await reader.press('i');
    await until('its project is asked for', () => reader.query.get('q') === 'project:production/web');
    await page.goBack();
    await isShown(...all);
    await reader.row('Run 7 is success').focus();
    await reader.press('ArrowRight', 'ArrowRight', 'e');
    await until('its state is left out', () => reader.query.get('q') === '-status:success');
    await page.goBack();
    await isShown(...all);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await reader.row('Run 7 is success').focus();
    await reader.press('c');
    const id = await reader.row('Run 7 is success').getAttribute('data-row');
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe(`${stack.url}/home?e=${id}`);
    await reader.press('r');
    await reader.shows('Run 7 is success');
    expect(reader.query.get('tab')).toBe('related');
    await reader.press('Escape', 'a');
    await page.getByRole('region', { name: 'Around a moment' }).waitFor();
    expect(reader.query.get('at')).toBe(before(30));
    await reader.press('Escape');
    await isShown(...all);
    expect(reader.faults).toEqual([]);
  });
});

describe('a field of an event', () => {
  it('is hidden in all events of its type until that is taken back', async () => {
    const page1 = (await (await fetch(`${stack.url}/api/timeline?type=restart`)).json()) as TimelinePage;
    const [one, other] = page1.rows.map(({ id }) => id);
    const { page } = await sit(`/home?e=${one}`);
    const field = (name: string) =>
      reader.detail.locator('.field').filter({ has: page.getByText(name, { exact: true }) });
    await field('Node').hover();
    await field('Node').getByRole('button', { name: 'More to do with Node' }).click();
    await page.getByRole('menuitem', { name: 'Hide in events of this type' }).click();
    await field('Node').waitFor({ state: 'detached' });
    await field('Size').waitFor();
    await reader.open(`/home?e=${other}`);
    await reader.detail.getByText('1 field hidden').waitFor();
    expect(await field('Node').count()).toBe(0);
    await page.reload();
    await reader.detail.getByText('1 field hidden').waitFor();
    expect(await field('Node').count()).toBe(0);
    await reader.detail.getByRole('button', { name: 'Reset', exact: true }).click();
    await field('Node').waitFor();
    expect(reader.faults).toEqual([]);
  });
});
