import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventPage, ProjectList, TeamList } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stack, root, until } from './stack.js';
import { addLargeRows, makeV1, refusedRows } from './v1-database.js';

const sound = 10_000;
const secret = 'canary-of-v1-4711';

let stack: Stack;
let from: string;

beforeAll(async () => {
  stack = await Stack.start();
  from = await makeV1(stack.databaseUrl, secret, sound);
});

afterAll(() => stack.stop());

function start(...args: string[]) {
  const script = join(root, 'painchain/import-v1/dist/main.js');
  const address = new URL(from);
  const PGPASSWORD = decodeURIComponent(address.password);
  address.password = '';
  const options = ['--from', address.href, '--to', `${stack.url}/api`, ...args];
  // Far less than all changes together are.
  const child = spawn(process.execPath, ['--max-old-space-size=160', script, ...options], {
    cwd: stack.home,
    env: { ...process.env, PGPASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { output: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said.output += text));
  }
  return { child, said };
}

async function run(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { child, said } = start(...args);
  await once(child, 'close');
  return { code: child.exitCode, output: said.output };
}

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${stack.url}/api${path}`)).json()) as T;
}

async function stored(): Promise<number> {
  const { projects } = await get<ProjectList>('/projects?connector=github&connector=kubernetes');
  return projects.reduce((sum, { events }) => sum + events, 0);
}

describe('an import of a v1 database', () => {
  it('tells what it would do, and does nothing', async () => {
    const { output } = await run('--dry-run');
    expect(output).toMatch(/read +10,006/);
    expect(output).toMatch(/would be sent +10,003/);
    const before2016 = await run('--dry-run', '--until', '2016-01-01T00:00:00Z');
    expect(before2016.output).toMatch(/read +1\n/);
    const sinceTomorrow = await run('--dry-run', '--since', new Date(Date.now() + 86_400_000).toISOString());
    expect(sinceTomorrow.output).toMatch(/read +1\n/);
    expect(await stored()).toBe(0);
    expect((await get<TeamList>('/teams')).teams).toEqual([]);
  });

  it('brings over all changes once, though it is killed and done again', async () => {
    const killed = start();
    await until('some changes are stored', async () => (await stored()) > 1_000);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'close');
    expect(await stored()).toBeLessThan(sound);

    const first = await run('--skeletons', 'from-v1');
    expect(first.code).toBe(1);
    expect(first.output).toMatch(/read +10,006/);
    expect(first.output).toMatch(new RegExp(`refused +${refusedRows}\\n`));
    expect(first.output).toMatch(/too_old: 1\. The backend keeps nothing that old.*PAINCHAIN_RETENTION=off/);
    expect(first.output).toMatch(/invalid: 3[^]*change_event:10001: [^]*title/);
    expect(await stored()).toBe(sound + 1);

    const second = await run();
    expect(second.output).toMatch(/stored +0\nalready there +10,001/);
    expect(second.output).toMatch(/teams +0 made, 2 already there, 1 left out/);
    expect(await stored()).toBe(sound + 1);
  });

  it('keeps what a change was, and whose', async () => {
    const page = await get<EventPage>('/events?q=%22Change%20600%22');
    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]).toMatchObject({
      title: 'Change 600',
      connector: 'github',
      project: 'acme/api',
      type: 'PR',
      status: 'merged',
      actor: 'kim',
      tags: ['backend', 'critical'],
      backfill: true,
      key: expect.stringMatching(/^v1:\d+\.painchain_v1:change_event:600$/),
    });
    expect((await get<TeamList>('/teams')).teams.map(({ name, tags }) => ({ name, tags }))).toEqual([
      { name: 'Backend', tags: ['backend'] },
      { name: 'Platform', tags: ['Prod'] },
    ]);
    expect((await get<EventPage>('/events?q=tag:Prod&limit=1')).rows[0]?.connector).toBe('kubernetes');
  });

  it('writes what the connections were, and no secret anywhere', async () => {
    const folder = join(stack.home, 'from-v1');
    const files = readdirSync(folder);
    expect(files.sort()).toEqual(['github-1-work.yaml', 'kubernetes-2-prod.yaml']);
    const everything = files.map((file) => readFileSync(join(folder, file), 'utf8')).join();
    const completed = join(folder, 'github-1-work.yaml');
    writeFileSync(completed, '# completed\n');
    const { output } = await run('--dry-run', '--skeletons', 'from-v1');
    expect(readFileSync(completed, 'utf8')).toBe('# completed\n');
    expect(output).toMatch(/github-1-work\.yaml is there already/);
    expect(everything + output).not.toContain(secret);
    expect(output).not.toContain(new URL(from).password);
  });

  it('takes large changes a few at a time', async () => {
    await addLargeRows(from, 120);
    const large = await run('--dry-run');
    expect(large.output).toMatch(/read +10,126\n/);
    expect(large.output).toMatch(/too_large: 121/);
  });

  it('says what to do when it can do nothing', async () => {
    const elsewhere = from.replace('/painchain_v1', '/painchain');
    const none = await run('--from', elsewhere);
    expect([none.code, none.output]).toEqual([
      1,
      expect.stringMatching(/There is no table change_events: let --from/),
    ]);
    const unknown = await run('--from', from.replace('/painchain_v1', '/nowhere'));
    expect(unknown.output).toMatch(/cannot be opened: .*nowhere/);
    expect(unknown.output).not.toContain(new URL(from).password);
    const wrong = await run('--to', `${stack.url}/apis`);
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringMatching(/--to must end in \/api/)]);
  });
});
