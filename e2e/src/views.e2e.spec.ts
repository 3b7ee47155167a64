import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { post, sampleEvent } from './sample-events.js';
import { Stack, until } from './stack.js';

let stack: Stack;
let browser: Browser;
const readers: Reader[] = [];
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(
    stack.url,
    sampleEvent({ title: 'Rollout failed', status: 'failure' }),
    sampleEvent({ title: 'Rollout done', status: 'success' }),
  );
});
afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.leave())));
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function sit(path: string): Promise<Reader> {
  const reader = await Reader.sit(browser, stack.url);
  readers.push(reader);
  await reader.open(path);
  await reader.row('Rollout failed').waitFor();
  return reader;
}

const button = ({ page }: Reader) => page.getByRole('button', { name: /^(Saved views|View:)/ });
const list = ({ page }: Reader) => page.getByRole('dialog', { name: 'Saved views' });
const isQuery = (reader: Reader, q: string | null) =>
  until(`the query is ${q}`, () => reader.query.get('q') === q, 10_000);

async function save(reader: Reader, name: string, ...choices: string[]): Promise<void> {
  await reader.press('s');
  const dialog = reader.page.getByRole('dialog', { name: 'Save view' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  for (const choice of choices) await dialog.getByLabel(choice).check();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await button(reader).filter({ hasText: name }).waitFor();
}

it('are saved, say when they are modified, and are opened again', async () => {
  const reader = await sit('/home?q=status%3Afailure&range=24h&group=project');
  await save(reader, 'Failures');
  await button(reader).filter({ hasText: 'modified' }).waitFor({ state: 'detached' });
  await reader.press('/');
  await reader.queryBox.fill('status:success');
  await reader.press('Enter');
  await button(reader).filter({ hasText: 'modified' }).waitFor();
  await button(reader).click();
  await list(reader).getByRole('button', { name: 'Discard changes' }).click();
  await isQuery(reader, 'status:failure');
  expect([reader.query.get('range'), reader.query.get('group')]).toEqual(['24h', 'project']);
  expect(reader.faults).toEqual([]);
});

it('open /home where they are the default, and are for everybody or for one browser', async () => {
  const one = await sit('/home?q=status%3Afailure');
  await save(one, 'Only mine', 'Home opens with it');
  await save(one, 'For all', 'Everybody');
  await one.open('/home');
  await isQuery(one, 'status:failure');
  await button(one).filter({ hasText: 'Only mine' }).waitFor();

  const other = await sit('/home');
  await other.row('Rollout done').waitFor();
  expect(other.query.get('q')).toBeNull();
  await button(other).click();
  await list(other)
    .getByRole('button', { name: /^For all/ })
    .waitFor();
  expect(
    await list(other)
      .getByRole('button', { name: /^Only mine/ })
      .count(),
  ).toBe(0);
  await list(other)
    .getByRole('button', { name: /^For all/ })
    .click();
  await isQuery(other, 'status:failure');

  await button(other).click();
  await list(other).getByRole('button', { name: 'Change For all' }).click();
  const dialog = other.page.getByRole('dialog', { name: 'Shared view' });
  await dialog.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await one.page.reload();
  await button(one).click();
  await list(one)
    .getByRole('button', { name: /^Only mine/ })
    .waitFor();
  expect(
    await list(one)
      .getByRole('button', { name: /^For all/ })
      .count(),
  ).toBe(0);
  expect([...one.faults, ...other.faults]).toEqual([]);
});
