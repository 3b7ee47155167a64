import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createLogger } from '@painchain/runtime';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SealingService } from '../../sealing/sealing.service.js';
import { appUrlOf } from '../app-url.js';
import { readMigrations } from '../migrations.js';
import { prepareDatabase } from '../prepare.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { dump } from './dump.js';
import { dataFile, manifestFile } from './manifest.js';
import { restore } from './restore.js';

const key = Buffer.alloc(32, 7);
const canary = 'ghp_canary_of_the_backup';
const role = 'backup_plain_owner';

let test: TestDatabase;
let folder: string;
const databases: Awaited<ReturnType<typeof createEmptyDatabase>>[] = [];
const clients: Client[] = [];

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

async function emptyDatabase() {
  const database = await createEmptyDatabase();
  databases.push(database);
  return { url: database.ownerUrl, owner: await connect(database.ownerUrl) };
}

/** Two tenants with something in most tables, and texts that only a codec of all bytes survives. */
async function fillTables(): Promise<void> {
  const other = await test.createTenant('acme');
  const sealed = new SealingService(key).seal(other, '1', { token: canary });
  await test.asOwner(
    `insert into integrations (tenant_id, type, name, config_public, config_sealed, epoch) values ($1, 'git', 'g', '{}', $2, 41)`,
    [other, sealed],
  );
  await test.asOwner(
    `insert into sources (tenant_id, integration_id, source, cursor) select $1, id, 's', '{"n": 5}' from integrations`,
    [other],
  );
  for (const tenant of [1, other]) {
    await test.asOwner(`insert into teams (tenant_id, name, tags) values ($1, 't', '{a,"b,c"}')`, [tenant]);
    await test.asOwner(
      `with stored as (
         insert into events (tenant_id, key, connector, title, data, timestamp, project, tags)
         select $1, 'k' || n, 'ci', E'tab\\t back\\\\slash \\n 😀 ' || n, jsonb_build_object('n', n, 'e', E'\\u001f'),
           '2026-01-01T00:00:00.123456Z'::timestamptz + n * interval '1 s', 'p', '{x}'
         from generate_series(1, 500) n returning tenant_id, seq, timestamp)
       , words as (insert into event_words select tenant_id, seq, timestamp, to_tsvector('simple', '1.word') from stored)
       insert into event_tail (tenant_id, seq) select tenant_id, seq from stored`,
      [tenant],
    );
  }
}

beforeAll(async () => {
  test = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'painchain-backup-'));
  await fillTables();
});
afterAll(async () => {
  for (const client of clients) await client.end();
  for (const { drop } of databases) await drop();
  await test.asOwner(`drop owned by ${role}`).catch(() => undefined);
  await test.asOwner(`drop role if exists ${role}`);
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const saved = (name: string) => join(folder, name);

describe('a backup', () => {
  it('comes back in an empty database: the same rows of every tenant, and numbers that go on', async () => {
    const manifest = await dump(await connect(test.ownerUrl), saved('whole'));
    const { url, owner } = await emptyDatabase();
    await restore(owner, saved('whole'));
    const again = await dump(owner, saved('again'));
    const rows = ({ tables }: typeof manifest) => tables.filter(({ table }) => table !== 'integrations');
    expect(rows(again)).toEqual(rows(manifest));
    expect(again.sequences).toEqual(manifest.sequences);
    const events = manifest.tables.find(({ table }) => table === 'events')?.copied;
    expect(events?.map(({ tenant, rows: count }) => [tenant, count])).toEqual([
      [1, 500],
      [2, 500],
    ]);
    const { rows: taken } = await owner.query(
      `insert into events (tenant_id, key, connector, title, data, timestamp, project)
       values (1, 'new', 'ci', 'x', '{}', now(), 'p') returning seq::int`,
    );
    expect(taken).toEqual([{ seq: 1_001 }]);
    const { rows: epochs } = await owner.query('select epoch::int from integrations');
    expect(epochs).toEqual([{ epoch: 1_000_041 }]);

    const logger = createLogger({ name: 'test', level: 'silent' });
    await prepareDatabase({ ownerUrl: url, appUrl: appUrlOf(url), isAppDerived: true }, logger);
    const forced = `select relname from pg_class where relforcerowsecurity order by 1`;
    expect((await owner.query(forced)).rows).toEqual(await test.asOwner(forced));
  });

  it('holds no secret and no key: what was sealed opens with its own key alone', async () => {
    const texts = readdirSync(saved('whole')).map((file) => {
      const bytes = readFileSync(saved(`whole/${file}`));
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    });
    expect(texts.join()).not.toContain(canary);
    expect(texts.join()).not.toContain(key.toString('base64'));
    const sealed = /v1\.\S+/.exec(
      gunzipSync(readFileSync(dataFile(saved('whole'), 'integrations'))).toString(),
    );
    const open = (secret: Buffer) =>
      new SealingService(secret).open(2, '1', sealed?.[0].split('\t')[0] ?? '');
    expect(open(key)).toEqual({ token: canary });
    expect(() => open(Buffer.alloc(32, 8))).toThrow(/another key/);
  });

  it('is made and restored by an owner whom row security binds', async () => {
    await test.asOwner(`create role ${role} login nosuperuser nobypassrls`);
    for (const name of ['bound', 'bound again']) {
      const { url, owner } = await emptyDatabase();
      await owner.query(
        `alter database ${new URL(url).pathname.slice(1)} owner to ${role}; alter schema public owner to ${role}`,
      );
      await owner.query(`set role ${role}`);
      await restore(owner, saved('whole'));
      const manifest = await dump(owner, saved(name));
      expect(manifest.tables.find(({ table }) => table === 'teams')?.copied).toHaveLength(2);
    }
  });

  it('is not restored over anything', async () => {
    const owner = await connect(test.ownerUrl);
    await expect(restore(owner, saved('whole'))).rejects.toThrow(
      /not empty: .* has rows\. Restore into another/,
    );
    await expect(dump(owner, saved('whole'))).rejects.toThrow(/is there already/);
  });

  it('that was damaged is refused, and leaves nothing behind', async () => {
    await dump(await connect(test.ownerUrl), saved('damaged'));
    const file = dataFile(saved('damaged'), 'teams');
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    const { owner } = await emptyDatabase();
    for (const [damaged, reason] of [
      [gzipSync(text.replace('{a,', '{b,')), /rows of teams are not those/],
      [gzipSync(text.split('\n').slice(1).join('\n')), /rows of teams are not those/],
      [readFileSync(file).subarray(0, 20), /teams\.copy\.gz cannot be restored/],
    ] as const) {
      writeFileSync(file, damaged);
      await expect(restore(owner, saved('damaged'))).rejects.toThrow(reason);
      expect((await owner.query('select from events')).rowCount).toBe(0);
    }
    writeFileSync(join(saved('damaged'), manifestFile), '{}');
    await expect(restore(owner, saved('damaged'))).rejects.toThrow(/manifest .* damaged/);
    await expect(restore(owner, saved('nowhere'))).rejects.toThrow(/holds no backup/);
  });

  it('of a newer release is refused by an older one; of an older one it is brought up to date at the next start', async () => {
    const { url, owner } = await emptyDatabase();
    const older = readMigrations().slice(0, 3);
    await expect(restore(owner, saved('whole'), older)).rejects.toThrow(
      /this release does not: restore it with/,
    );
    const logger = createLogger({ name: 'test', level: 'silent' });
    const address = { ownerUrl: url, appUrl: appUrlOf(url), isAppDerived: true };
    await prepareDatabase(address, logger, { migrations: older });
    await dump(owner, saved('older'));
    const target = await emptyDatabase();
    await restore(target.owner, saved('older'));
    const appUrl = appUrlOf(target.url);
    await prepareDatabase({ ownerUrl: target.url, appUrl, isAppDerived: true }, logger);
    expect((await target.owner.query('select from _prisma_migrations')).rowCount).toBe(
      readMigrations().length,
    );
    expect(existsSync(saved('older.unfinished'))).toBe(false);
  });
});
