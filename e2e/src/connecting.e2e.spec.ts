import type { Coverage, EventPage, IntegrationList } from '@painchain/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Hub } from './hub.js';
import { Reader } from './reader.js';
import { Stack, until } from './stack.js';

let hub: Hub;
let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [hub, stack, browser] = await Promise.all([Hub.start('github'), Stack.start(), launchBrowser()]);
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  hub?.stop();
});

async function sit(path: string, width?: number): Promise<Page> {
  reader = await Reader.sit(browser, stack.url, width);
  await reader.open(path);
  return reader.page;
}

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${stack.url}/api${path}`);
  return (await response.json()) as Answer;
}

/** Every fact of the hub on the timeline, one line for each. */
async function told(): Promise<string[]> {
  const { rows } = await ask<EventPage>('/events?connector=github&limit=200');
  return rows.map(({ type, subject }) => `${type} ${subject}`);
}

/** How completely the time since an instant was seen. */
function seenSince(from: string): Promise<Coverage> {
  return ask<Coverage>(`/coverage?from=${encodeURIComponent(from)}`);
}

/** A connector that somebody else wrote says what it is. */
async function registerType(type: string, config_schema: object): Promise<void> {
  const manifest = { type, name: type, description: 'Of a stranger.', mode: 'poll', config_schema };
  const answer = await fetch(`${stack.url}/api/connectors/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stack.apiKey}` },
    body: JSON.stringify({ instance_id: type, type, version: '1.0.0', contract_version: '2.0', manifest }),
  });
  expect(answer.status).toBe(200);
}

async function healthOf(name: string): Promise<string | undefined> {
  const { integrations } = await ask<IntegrationList>('/integrations');
  return integrations.find((each) => each.name === name)?.health;
}

async function expectSound(what: string): Promise<void> {
  const found = {
    access: await reader.accessFaults(),
    sidewaysPx: await reader.sideways(),
    faults: reader.faults,
  };
  expect({ what, ...found }).toEqual({ what, access: [], sidewaysPx: 0, faults: [] });
}

/** Fills the form as somebody does who has read nothing but its labels. */
async function fillForm(page: Page, name: string, token: string): Promise<void> {
  await page.getByLabel('Name').first().fill(name);
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByLabel('Base URL').fill(hub.url);
  await page.getByRole('button', { name: 'Add to repositories' }).click();
  const [owner = '', repo = ''] = hub.repository.split('/');
  await page.getByLabel('Owner').fill(owner);
  await page.getByLabel('Repo').fill(repo);
  await page.getByText('Polling', { exact: true }).click();
  await page.getByLabel('Interval').fill('10');
}

// In this order: connected with a wrong token, mended, connected once more, gone blind and back.
describe('connecting a source from nothing', () => {
  it.each([1440, 390])('has a form for everybody on %i px', async (width) => {
    const page = await sit('/settings/add', width);
    await page.getByRole('link', { name: 'GitHub' }).click();
    await page.getByRole('heading', { name: 'Add GitHub' }).waitFor();
    await expectSound('the form');
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByLabel('The configuration as YAML').waitFor();
    await expectSound('the YAML');
    await page.getByRole('tab', { name: 'Run it yourself' }).click();
    await page.getByText('docker-compose.override.yml').waitFor();
    await expectSound('the snippets');
  });

  it('says what is missing, and keeps what was typed', async () => {
    const page = await sit('/settings/add/github');
    await page.getByLabel('Name').first().fill('ACME');
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await page.getByText('is required').first().waitFor();
    expect(await page.getByLabel('Name').first().inputValue()).toBe('ACME');
  });

  it('asks before what was typed is lost, and shows a secret to nobody', async () => {
    const page = await sit('/settings/add');
    await page.getByRole('link', { name: 'GitHub' }).click();
    const token = page.getByLabel('Token', { exact: true });
    await token.fill('canary-that-nobody-sees');
    expect(await page.content()).not.toContain('canary');
    await page.getByRole('tab', { name: 'Form' }).press('ArrowRight');
    await page.getByLabel('The configuration as YAML').waitFor();
    await page.getByRole('tab', { name: 'YAML' }).press('ArrowLeft');
    expect(await token.inputValue()).toBe('canary-that-nobody-sees');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.getByRole('link', { name: 'Teams' }).click();
    await question.getByRole('button', { name: 'Stay' }).click();
    await page.goBack({ waitUntil: 'commit' });
    await question.getByRole('button', { name: 'Stay' }).click();
    await page.waitForURL(/\/settings\/add\/github$/);
    expect(await token.inputValue()).toBe('canary-that-nobody-sees');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
    expect(reader.faults).toEqual([]);
  });

  it('leaves to the YAML what a stranger’s type says in no form', async () => {
    const schema = { type: 'object', properties: { a: { $ref: '#/$defs/nowhere' }, b: { pattern: '([' } } };
    await registerType('strange', schema);
    const page = await sit('/settings/add/strange');
    await page.getByText(/has no form: write it as YAML/).waitFor();
    expect(await reader.accessFaults()).toEqual([]);
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByLabel('The configuration as YAML').waitFor();
  });

  it('shows what a wrong token means, and brings events as soon as it is mended', async () => {
    const page = await sit('/settings/add/github');
    await fillForm(page, 'ACME', 'a-wrong-token');
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await page.getByRole('heading', { name: 'ACME' }).waitFor();
    const trouble = page.locator('.trouble').filter({ hasText: 'GitHub does not know this credential' });
    await trouble.first().waitFor({ timeout: 60_000 });
    await trouble.getByText('Make a token that may read the repositories').first().waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Replace' }).click();
    await page.getByLabel('Token', { exact: true }).fill(hub.token);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'ACME' }).waitFor();
    await until('the first look is told', async () => (await told()).length > 5);
    await until('it is healthy', async () => (await healthOf('ACME')) === 'healthy');
    await page.getByText('Healthy').first().waitFor({ timeout: 30_000 });
    await reader.open('/home?range=7d');
    await reader.row('merged').waitFor();
    await expectSound('the timeline');
  }, 150_000);

  it('tells nothing twice that a second one sees as well, written as YAML', async () => {
    const before = await told();
    const page = await sit('/settings/add/github');
    await page.getByRole('tab', { name: 'YAML' }).click();
    const text = page.getByLabel('The configuration as YAML');
    await text.click();
    await page.keyboard.press('Control+A');
    const [owner, repo] = hub.repository.split('/');
    const yaml = `connector: { type: github, name: Twin }
config: { token: ${hub.token}, base_url: "${hub.url}", polling: { interval: 10 }, repositories: [{ owner: ${owner}, repo: ${repo} }] }`;
    await page.keyboard.insertText(yaml);
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await page.getByRole('heading', { name: 'Twin' }).waitFor();
    await until('it is healthy', async () => (await healthOf('Twin')) === 'healthy');
    expect((await told()).toSorted()).toEqual(before.toSorted());
  }, 120_000);

  it('claims nothing about the present while what comes in is held back', async () => {
    const page = await sit('/home?range=15m&q=actor:nobody');
    await page.getByText(/^(Nothing matches|Can’t say)/).waitFor();
    await reader.badge.click();
    await page.getByText(/^What comes in at present is not shown here/).waitFor();
    await page.getByText(/^(Nothing matches|Can’t say)/).waitFor({ state: 'detached' });
    expect(reader.faults).toEqual([]);
  });

  it('is said to be late when its connector hangs, and complete again when it is back', async () => {
    const from = new Date().toISOString();
    const page = await sit('/home?range=15m');
    const expected = await told();
    stack.kill('github', 'SIGSTOP');
    await until('the bar says so', () => page.locator('.bar-warning').isVisible(), 90_000);
    await until('no source is complete', async () => (await seenSince(from)).sources.complete === 0);
    expect(['late', 'blind']).toContain((await seenSince(from)).verdict);
    for (let step = 0; step < 5; step += 1) {
      const facts = await hub.change();
      expected.push(...facts.map(({ type, subject }) => `${type} ${hub.repository}/${subject}`));
    }
    stack.kill('github');
    await until('all is seen again', async () => (await seenSince(from)).verdict === 'complete', 90_000);
    await until('the bar is gone', async () => !(await page.locator('.bar-warning').isVisible()));
    const whole = await seenSince(from);
    expect(whole.stretches.map(({ kind }) => kind)).toContain('late');
    await until('everything is told', async () => (await told()).length >= expected.length);
    expect((await told()).toSorted()).toEqual(expected.toSorted());
  }, 240_000);

  it('never shows a token to anybody', async () => {
    const paths = [
      '/integrations',
      '/events?limit=200',
      '/events?connector=painchain&limit=200',
      '/connectors/types',
    ];
    const shown = await Promise.all(
      paths.map((path) => fetch(`${stack.url}/api${path}`).then((one) => one.text())),
    );
    const all = `${shown.join('')}${stack.output}`;
    expect(all).not.toContain(hub.token);
    expect(all).not.toContain('a-wrong-token');
  });
});
