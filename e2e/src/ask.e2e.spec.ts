import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { incidentAt } from './incident.js';
import { Reader } from './reader.js';
import { eventsAround, post, sampleEvent } from './sample-events.js';
import { Stack, until } from './stack.js';

const day = 86_400_000;
const formula = '=HYPERLINK("https://evil.example","checkout")';
const shop = { project: 'production/shop', type: 'rollout', connector: 'cluster' };

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
  await post(
    stack.url,
    ...eventsAround(new Date(Date.now() - day), 120),
    ...incidentAt(new Date(Date.now() - 2 * day)).events,
    sampleEvent({ ...shop, title: formula, status: 'success', actor: '@grace', timestamp: ago(3) }),
    sampleEvent({ ...shop, title: 'Deployed a month ago', actor: 'Ada', timestamp: ago(30) }),
  );
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function sit(path: string): Promise<Reader> {
  reader = await Reader.sit(browser, stack.url);
  await reader.open(path);
  await reader.page.locator('[data-row]').first().waitFor();
  return reader;
}

const option = (name: string) => reader.page.getByRole('option', { name }).first();

/** Types on in the query box, and takes the suggestion with the arrow keys. */
async function complete(typed: string, name: string): Promise<void> {
  await reader.page.keyboard.type(typed);
  await option(name).waitFor();
  for (let presses = 0; (await option(name).getAttribute('aria-selected')) !== 'true'; presses += 1) {
    expect(presses).toBeLessThan(50);
    await reader.press('ArrowDown');
  }
  await reader.press('Enter');
}

describe('who deployed to the shop last week', () => {
  it('is asked for by completion, and goes along as a file that no spreadsheet runs', async () => {
    const { page } = await sit('/home');
    await reader.press('/');
    await complete('proj', 'project');
    await complete('production/sh', 'production/shop');
    await complete('typ', 'type');
    await complete('roll', 'rollout');
    await reader.press('Enter');
    await reader.press('Escape', 't');
    await page.keyboard.type('7d');
    await reader.press('Enter');
    await reader.counts('2 rows');
    expect(await reader.chips()).toEqual(['project:production/shop', 'type:rollout']);
    expect([reader.query.get('q'), reader.query.get('range')]).toEqual([
      'project:production/shop type:rollout',
      '7d',
    ]);

    await page.getByRole('button', { name: 'Share' }).click();
    const panel = page.getByRole('dialog', { name: 'Share and export' });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^painchain-\d{8}T\d{6}Z-\d{8}T\d{6}Z\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/Rollout of checkout failed.*deploy-bot\[bot\]/);
    expect(lines[2]).toContain(`"'${formula.replaceAll('"', '""')}"`);
    expect(lines[2]).toMatch(/[,"]'@grace[,"]/);

    const fileAs = async (name: string) => {
      const href = await panel.getByRole('link', { name }).getAttribute('href');
      const answer = await page.request.get(new URL(href ?? '', stack.url).href);
      expect(answer.status()).toBe(200);
      return answer.text();
    };
    const events = (await fileAs('NDJSON'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(events).toEqual([
      expect.objectContaining({ title: 'Rollout of checkout failed', actor: 'deploy-bot[bot]' }),
      expect.objectContaining({ title: formula, actor: '@grace', data: {} }),
    ]);
    const markdown = await fileAs('Markdown');
    expect(markdown.indexOf('@grace')).toBeGreaterThan(0);
    expect(markdown.indexOf('Rollout of checkout failed')).toBeGreaterThan(markdown.indexOf('@grace'));
    expect(reader.faults).toEqual([]);
  });
});

describe('the query box', () => {
  it('underlines where a query breaks off, and keeps what was found', async () => {
    const { page } = await sit('/home?q=connector%3Acluster');
    const rows = await page.locator('[data-row]').count();
    await reader.queryBox.fill('connector:cluster status:(failure');
    await reader.press('Escape', 'Enter');
    await page.locator('.ask-query').getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    expect(await page.locator('.ask-fault').innerText()).toMatch(/\S/);
    expect(await reader.queryBox.getAttribute('aria-invalid')).toBe('true');
    expect(reader.query.get('q')).toBe('connector:cluster');
    expect(await page.locator('[data-row]').count()).toBe(rows);
    await reader.queryBox.fill('connector:cluster status:failure');
    await reader.press('Enter');
    await reader.counts('1 row');
    expect(await reader.queryBox.getAttribute('aria-invalid')).toBe('false');
    expect(reader.faults).toEqual([]);
  });

  it('applies what is typed while suggestions are on their way, and Back and Forward bring it back', async () => {
    const { page } = await sit('/home');
    await page.route(/\/api\/timeline\/(fields|facets)/, () => undefined);
    await reader.press('/');
    await page.keyboard.type('status:failure');
    await reader.press('Enter');
    await reader.counts('1 row');
    expect(reader.query.get('q')).toBe('status:failure');
    await reader.queryBox.fill('checkout');
    await reader.press('Enter');
    await until('it is asked for', () => reader.query.get('q') === 'checkout');

    await page.goBack();
    await until('the box says it', async () => (await reader.queryBox.inputValue()) === 'status:failure');
    await reader.counts('1 row');
    await page.goBack();
    await until('the box is empty', async () => (await reader.queryBox.inputValue()) === '');
    await page.goForward();
    await reader.counts('1 row');
    expect(await reader.chips()).toEqual(['status:failure']);
  });

  it('is left by Esc, which closes the suggestions first', async () => {
    const { page } = await sit('/home');
    await reader.press('/');
    await page.keyboard.type('sta');
    await option('status').waitFor();
    await reader.press('Escape');
    await option('status').waitFor({ state: 'detached' });
    expect(await page.locator('.ask-input:focus').count()).toBe(1);
    await reader.press('Escape');
    expect(await page.locator('.ask-input:focus').count()).toBe(0);
    expect(reader.query.get('q')).toBeNull();
  });
});
