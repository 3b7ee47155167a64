import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { EventPage, TimelinePage } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTools, type OwnPostgres, startOwnPostgres } from './own-postgres.js';
import { listen } from './sse.js';
import { Stack, root } from './stack.js';

const tools = findTools();

let first: OwnPostgres;
let second: OwnPostgres;
const stacks: Stack[] = [];

async function startOn(url: string): Promise<Stack> {
  const stack = await Stack.start({ env: { DATABASE_URL: url } });
  stacks.push(stack);
  return stack;
}

const event = (n: number) => ({
  title: `Event ${n}`,
  connector: 'ci',
  project: 'p',
  timestamp: new Date(Date.now() - n * 1_000).toISOString(),
  data: { n },
});

async function send(stack: Stack, from: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => event(from + n));
  const answer = await fetch(`${stack.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
}

const get = async <T>(stack: Stack, path: string) =>
  (await (await fetch(`${stack.url}/api${path}`)).json()) as T;

/** Rows and their checksum by tenant, of what a dump must bring back. */
const counted = `select string_agg(line, E'\\n' order by line) from (
  select 'events ' || tenant_id || ' ' || count(*) || ' ' || md5(string_agg(e::text, '|' order by seq)) as line from events e group by tenant_id
  union all select 'refs ' || tenant_id || ' ' || count(*) || ' ' || md5(string_agg(r::text, '|' order by r::text)) from event_refs r group by tenant_id
  union all select 'days ' || tenant_id || ' ' || count(*) || ' ' || md5(string_agg(d::text, '|' order by d::text)) from event_days d group by tenant_id) as lines`;

// A whole PostgreSQL with its tools is not everywhere, and none comes from npm.
describe.skipIf(tools === undefined)('a PostgreSQL of /usr/lib/postgresql, with its own tools', () => {
  beforeAll(async () => {
    first = await startOwnPostgres(tools ?? '');
    second = await startOwnPostgres(tools ?? '');
    for (const server of [first, second]) server.sql('postgres', 'create database painchain');
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.stop();
    first?.stop();
    second?.stop();
  });

  it('comes back from pg_dump in another cluster: the same rows, and a live tail', async () => {
    const stack = await startOn(first.url('painchain'));
    await send(stack, 0, 300);
    const { live_cursor } = await get<TimelinePage>(stack, '/timeline?limit=1');
    // As a cluster has used up many that has served for years: far ahead of where a new one begins.
    first.sql(
      'postgres',
      'create procedure burn() language plpgsql as $$ begin for n in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$',
    );
    first.sql('postgres', 'call burn()');
    await send(stack, 300, 200);
    await stack.stopLauncher();
    first.tool('pg_dump', '--format=custom', '--file=saved', first.url('painchain'));
    const saved = first.sql('painchain', counted);

    // Another owner than before, and no superuser: as on a managed server.
    second.sql('postgres', 'create role keeper login createrole');
    second.sql('postgres', 'alter database painchain owner to keeper');
    const kept = second.url('painchain').replace('postgres@', 'keeper@');
    second.tool('psql', '-qX', '-c', 'create role painchain_app', kept);
    first.tool('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${kept}`, 'saved');
    expect(second.sql('painchain', counted)).toBe(saved);
    expect(saved).toMatch(/^days 1 \d+ \w+\nevents 1 500 \w+/);

    const restored = await startOn(kept);
    expect((await get<EventPage>(restored, '/events?q=%22Event%20499%22')).rows).toHaveLength(1);
    const again = await listen(
      `${restored.url}/api/timeline/stream?cursor=${encodeURIComponent(live_cursor)}`,
    );
    await again.until(({ kind }) => kind === 'reset');
    await send(restored, 500, 1);
    await again.until(
      (message) => message.kind === 'rows' && message.rows.some(({ title }) => title === 'Event 500'),
    );
    again.close();
  });

  it('takes what the embedded one has saved', async () => {
    const embedded = await Stack.start();
    stacks.push(embedded);
    await send(embedded, 0, 50);
    const folder = join(embedded.home, 'backup');
    const run = (command: string, env: Record<string, string>) =>
      spawnSync(process.execPath, [join(root, 'painchain/launcher/dist/backup.js'), command, folder], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
    expect(run('dump', { PAINCHAIN_DATA_DIR: embedded.dataDir }).status).toBe(0);
    const nowhere = run('dump', { DATABASE_URL: second.url('nowhere') }).stderr;
    expect(nowhere).toMatch(/^The database cannot be opened: .*nowhere.*Check DATABASE_URL\.\n$/);
    second.sql('postgres', 'create database moved');
    const { status, stdout, stderr } = run('restore', { DATABASE_URL: second.url('moved') });
    expect([status, stdout, stderr]).toEqual([
      0,
      expect.stringMatching(/50 events of 1 tenants[^]*row by row/),
      '',
    ]);
  });
});
