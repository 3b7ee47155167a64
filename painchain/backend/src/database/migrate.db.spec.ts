import { createHash } from 'node:crypto';
import { createLogger } from '@painchain/runtime';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appUrlOf } from './app-url.js';
import { migrate } from './migrate.js';
import { type Migration, readMigrations } from './migrations.js';
import { prepareDatabase } from './prepare.js';
import { createEmptyDatabase } from './testing/test-database.js';

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let owner: Client;
beforeEach(async () => {
  database = await createEmptyDatabase();
  owner = await connect();
});
afterEach(async () => {
  await owner.end();
  await database.drop();
});

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: database.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

const first = migration('1_first', 'create table first (id int); insert into first values (1)');
const second = migration('2_second', 'create table second (id int)');
const broken = migration('2_broken', 'create table half (id int); select nonsense');

describe('migrate', () => {
  it('applies what is new, in order, once', async () => {
    expect(await migrate(owner, [first])).toEqual(['1_first']);
    expect(await migrate(owner, [first, second])).toEqual(['2_second']);
    expect(await migrate(owner, [first, second])).toEqual([]);
    expect((await owner.query('select from first')).rowCount).toBe(1);
  });

  it('lets several processes start at once: one migrates, the others wait for it', async () => {
    const slow = migration('1_slow', 'select pg_sleep(0.2); create table slow (id int)');
    const others = await Promise.all([connect(), connect(), connect()]);
    const applied = await Promise.all([owner, ...others].map((client) => migrate(client, [slow])));
    await Promise.all(others.map((client) => client.end()));
    expect(applied.flat()).toEqual(['1_slow']);
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    await migrate(owner, [first]);
    await expect(migrate(owner, [{ ...first, checksum: 'x' }])).rejects.toThrow(/edited.*restore/);
  });

  it('refuses a database that a newer version has migrated', async () => {
    await migrate(owner, [first, second]);
    await expect(migrate(owner, [first])).rejects.toThrow(/2_second.*newer version/);
  });

  it('rolls a failing migration back, keeps its reason and goes on only after it was mended', async () => {
    await expect(migrate(owner, [first, broken])).rejects.toThrow(/nonsense/);
    expect((await owner.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
    const again = await migrate(owner, [first, broken]).catch((error: Error) => error.message);
    const remedy = /update _prisma_migrations .*$/.exec(String(again))?.[0];
    await owner.query(remedy ?? 'the refusal names no remedy');
    const mended = migration('2_broken', 'create table half (id int)');
    expect(await migrate(owner, [first, mended])).toEqual(['2_broken']);
  });

  it('leaves nothing behind when its process is killed midway', async () => {
    const victim = await connect();
    const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    const slow = migration('1_slow', 'create table slow (id int); select pg_sleep(5)');
    const killed = migrate(victim, [slow]);
    setTimeout(() => void owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]), 300);
    await expect(killed).rejects.toThrow();
    expect(await migrate(owner, [first])).toEqual(['1_first']);
  });

  it('touches no database that holds somebody else’s tables', async () => {
    await owner.query('create table theirs (id int)');
    await expect(migrate(owner, [first])).rejects.toThrow(/not ours.*empty database/);
  });
});

describe('prepareDatabase', () => {
  const logger = createLogger({ name: 'test', level: 'silent' });
  const addressOf = (ownerUrl: string) => ({ ownerUrl, appUrl: appUrlOf(ownerUrl), isAppDerived: true });

  it('makes a fresh database ready, and an old one again', async () => {
    await prepareDatabase(addressOf(database.ownerUrl), logger);
    await prepareDatabase(addressOf(database.ownerUrl), logger);
    const { rows } = await owner.query('select migration_name from _prisma_migrations');
    expect(rows).toHaveLength(readMigrations().length);
  });

  it('waits for a database that is not there yet', async () => {
    const gone = database.ownerUrl.replace(/:\d+\//, ':1/');
    const waiting = prepareDatabase(addressOf(gone), logger, { signal: AbortSignal.timeout(700) });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['a wrong password', (url: string) => url.replace(/:[^:@/]+@/, ':wrong@'), /does not let us in/],
    ['a missing database', (url: string) => `${url}_gone`, /create the database/],
  ])('does not wait on %s', async (_, change, reason) => {
    await expect(prepareDatabase(addressOf(change(database.ownerUrl)), logger)).rejects.toThrow(reason);
  });

  it('refuses to serve as a role that row security does not bind', async () => {
    const address = { ownerUrl: database.ownerUrl, appUrl: database.ownerUrl, isAppDerived: false };
    await expect(prepareDatabase(address, logger)).rejects.toThrow(/row security does not bind/);
  });

  it('names the remedy when the owner may make no role', async () => {
    const role = `plain_${Date.now()}`;
    const { pathname } = new URL(database.ownerUrl);
    await owner.query(`create role ${role} login password 'plain password'`);
    await owner.query(`alter database ${pathname.slice(1)} owner to ${role}`);
    await owner.query(`grant all on schema public to ${role}`);
    const url = new URL(database.ownerUrl);
    [url.username, url.password] = [role, 'plain password'];
    const refused = prepareDatabase(addressOf(url.href), logger);
    await expect(refused).rejects.toThrow(/PAINCHAIN_APP_DATABASE_URL: .*create an unprivileged role/);
    await owner.query(`reassign owned by ${role} to current_user`);
    await owner.query(`drop owned by ${role}; drop role ${role}`);
  });
});
