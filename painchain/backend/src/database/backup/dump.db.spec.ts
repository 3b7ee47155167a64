import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { dump } from './dump.js';

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const fullDisk = () =>
    new Writable({ write: (_bytes, _encoding, done) => done(new Error('ENOSPC: no space left on device')) });
  return {
    ...fs,
    createWriteStream: (...file: Parameters<typeof fs.createWriteStream>) =>
      disk.isFull ? fullDisk() : fs.createWriteStream(...file),
  };
});

let test: TestDatabase;
let folder: string;
const clients: Client[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'painchain-dump-'));
  // More than any buffer on the way holds, and nothing that gzip makes small.
  await test.asOwner(
    `insert into events (tenant_id, key, connector, title, data, timestamp, project)
     select 1, 'k' || n, 'ci', 't', jsonb_build_object('t', (select string_agg(md5(random()::text || n || i), '') from generate_series(1, 60) i)),
       now(), 'p' from generate_series(1, 3000) n`,
  );
  await test.asOwner(`insert into teams (tenant_id, name, tags) values (1, 't', '{a}')`);
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: test.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

describe('a backup that is being made', () => {
  it('says so when the disk is full, and leaves nothing behind', async () => {
    disk.isFull = true;
    const owner = await connect();
    await expect(dump(owner, join(folder, 'full'))).rejects.toThrow(/cannot be written: ENOSPC.*Nothing/);
    disk.isFull = false;
    expect(readdirSync(folder)).toEqual([]);
    await owner.end();
  });

  it('says so when the database goes away, and leaves nothing behind', async () => {
    const owner = await connect();
    owner.connection.stream.destroy();
    await expect(dump(owner, join(folder, 'gone'))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so where there can be no folder', async () => {
    const [file, owner] = [join(folder, 'a file'), await connect()];
    writeFileSync(file, '');
    await expect(dump(owner, join(file, 'inside'))).rejects.toThrow(/cannot be written: /);
    rmSync(file);
  });

  it('waits for a migration that rewrites a table, and holds its rows', async () => {
    const [owner, migrating] = [await connect(), await connect()];
    await migrating.query('begin');
    await migrating.query('alter table teams add column extra uuid default gen_random_uuid()');
    const dumped = dump(owner, join(folder, 'after'));
    const isWaiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await vi.waitFor(async () => expect(await test.asOwner(isWaiting)).toHaveLength(1), 10_000);
    await migrating.query('commit');
    const { tables } = await dumped;
    expect(tables.find(({ table }) => table === 'teams')?.copied).toMatchObject([{ tenant: 1, rows: 1 }]);
    expect(tables.find(({ table }) => table === 'teams')?.columns).toContain('extra');
  });

  it('is readable by its owner alone', () => {
    const modes = ['', 'events.copy.gz', 'manifest.json'].map(
      (name) => statSync(join(folder, 'after', name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });
});
