import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EventPage, IntegrationList, ProjectList, TimelinePage } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stack, root, until } from './stack.js';
import { listen } from './sse.js';

const total = 1_500;
const token = 'canary-of-the-restore-drill';
const program = join(root, 'e2e/dist/counting-connector.js');
const start = new Date(Date.now() - 86_400_000).toISOString();
const yaml = `connector:\n  type: counting\n  project: numbers\nconfig:\n  total: ${total}\n  start: ${start}\n`;

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(() => stack.stop());

const folder = () => join(stack.home, 'backup');

async function backup(
  command: 'dump' | 'restore',
  dataDir = stack.dataDir,
): Promise<{ code: number; output: string }> {
  const script = join(root, 'painchain/launcher/dist/backup.js');
  const env = { ...process.env, PAINCHAIN_DATA_DIR: dataDir };
  const child = spawn(process.execPath, [script, command, folder()], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${stack.url}/api${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function stored(): Promise<number> {
  const list = await get<ProjectList>('/projects?connector=counting').catch(() => undefined);
  return list?.projects[0]?.events ?? 0;
}

async function everyNumber(): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for (let cursor = ''; ;) {
    const page = await get<EventPage>(`/events?connector=counting&limit=200${cursor && `&cursor=${cursor}`}`);
    numbers.push(...page.rows.map(({ data }) => data['number']));
    if (page.next_cursor === null) return numbers;
    cursor = encodeURIComponent(page.next_cursor);
  }
}

const post = (path: string, body: unknown) =>
  fetch(`${stack.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** An empty data directory with nothing but the keys, as they were kept apart from the backup. */
function loseAllBut(...keys: string[]): void {
  const lost = `${stack.dataDir}.lost`;
  rmSync(lost, { recursive: true, force: true });
  renameSync(stack.dataDir, lost);
  mkdirSync(stack.dataDir);
  for (const key of keys) copyFileSync(join(lost, key), join(stack.dataDir, key));
}

const keysOf = (integrations: IntegrationList['integrations']) =>
  integrations.find(({ name }) => name === 'sealed')?.config['token'];

describe('a database that was lost', () => {
  let before: string;

  it('is saved while everything runs, without a secret', async () => {
    const created = await post('/integrations', {
      type: 'github',
      name: 'sealed',
      config: { token, repositories: [{ owner: 'acme', repo: 'api' }] },
    });
    expect(created.status).toBe(201);
    stack.runConnector('counting', program, yaml);
    await until('facts arrive', async () => (await stored()) > 300);
    expect(await backup('dump')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/The keys are not in it/),
    });
    const saved = readdirSync(folder()).map((file) => readFileSync(join(folder(), file)));
    const texts = saved
      .map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'))
      .join();
    const keys = ['secret.key', 'connector.key', 'postgres/password'];
    const secrets = keys.map((name) => readFileSync(join(stack.dataDir, name), 'utf8').trim());
    for (const secret of [token, ...secrets]) expect(texts).not.toContain(secret);
  });

  it('is there again, and its connectors tell what has happened since', async () => {
    const saved = await stored();
    await until('more facts arrive', async () => (await stored()) > saved + 200);
    before = (await get<TimelinePage>('/timeline?limit=1')).live_cursor;
    await stack.stopLauncher();
    loseAllBut('secret.key', 'connector.key');
    expect(await backup('restore')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/compared row by row/),
    });
    expect((await backup('restore')).output).toMatch(/not empty/);
    await stack.launch();
    await until('all facts are stored', async () => (await stored()) >= total);
    const numbers = await everyNumber();
    expect(numbers).toHaveLength(total);
    expect(new Set(numbers).size).toBe(total);
    const { integrations } = await get<IntegrationList>('/integrations');
    expect(keysOf(integrations)).toMatchObject({ set: true, last4: token.slice(-4) });
  });

  it('has a live tail: who watched begins anew, and hears what happens', async () => {
    const old = await listen(`${stack.url}/api/timeline/stream?cursor=${encodeURIComponent(before)}`);
    await old.until(({ kind }) => kind === 'reset');
    const event = {
      title: 'After',
      connector: 'ci',
      project: 'p',
      timestamp: new Date().toISOString(),
      data: {},
    };
    expect((await post('/events', event)).status).toBe(201);
    await old.until(
      (message) => message.kind === 'rows' && message.rows.some(({ title }) => title === 'After'),
    );
    old.close();
  });

  it('keeps its secrets shut without the key that sealed them', async () => {
    await stack.stopLauncher();
    loseAllBut('connector.key');
    expect(await backup('restore')).toMatchObject({ code: 0 });
    await stack.launch();
    expect(await stored()).toBeGreaterThan(300);
    const { integrations } = await get<IntegrationList>('/integrations');
    expect(JSON.stringify(integrations)).not.toContain(token);
    const sealed = integrations.find(({ name }) => name === 'sealed');
    const changed = await fetch(`${stack.url}/api/integrations/${sealed?.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ config: sealed?.config }),
    });
    expect([changed.status, await changed.text()]).toEqual([
      422,
      expect.stringMatching(/Give the secrets named in errors again.*token/),
    ]);
    expect(readFileSync(join(stack.dataDir, 'logs/backend.log'), 'utf8')).not.toContain(token);
  });
});
