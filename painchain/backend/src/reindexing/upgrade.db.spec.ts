import { createLogger } from '@painchain/runtime';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appUrlOf } from '../database/app-url.js';
import { Database } from '../database/database.js';
import { migrate } from '../database/migrate.js';
import { readMigrations } from '../database/migrations.js';
import { createPool, servingPool } from '../database/pool.js';
import { prepareDatabase } from '../database/prepare.js';
import { createEmptyDatabase } from '../database/testing/test-database.js';
import { derived, derivedAgain } from '../events/testing/derived.js';
import { ReindexingRepository } from './reindexing.repository.js';
import { ReindexingService } from './reindexing.service.js';

let empty: Awaited<ReturnType<typeof createEmptyDatabase>>;
let owner: Client;
let database: Database;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  owner = new Client({ connectionString: empty.ownerUrl });
  await owner.connect();
  database = new Database(createPool(appUrlOf(empty.ownerUrl), servingPool, () => undefined));
  database.open();
});
afterAll(async () => {
  await database.close();
  await owner.end();
  await empty.drop();
});

const storedBefore = `
  insert into events (tenant_id, timestamp, title, connector, project, type, status, environment, key, tags, data)
  select 1 + n % 2, '2026-01-31T23:50:00.999999Z'::timestamptz + n * interval '7 minutes', 'Event ' || n,
    'c' || n % 2, 'p' || n % 3, case when n % 5 > 0 then 'build' end, case when n % 4 > 0 then 'success' end,
    case when n % 7 > 0 then 'production' end, n::text, case when n % 3 = 0 then array['a', 'b'] else '{}' end,
    jsonb_build_object('file', 'src/' || n || '.ts')
  from generate_series(1, 300) as n`;

describe('a database of the first version', () => {
  it('has its events counted by the migration, and searchable soon after', async () => {
    const asOwner: Parameters<typeof derived>[0]['asOwner'] = async (text, values) =>
      (await owner.query(text, values)).rows;
    await migrate(owner, readMigrations().slice(0, 1));
    await owner.query(`insert into tenants (slug, name) values ('acme', 'Acme')`);
    await owner.query(storedBefore);

    const address = { ownerUrl: empty.ownerUrl, appUrl: appUrlOf(empty.ownerUrl), isAppDerived: true };
    await prepareDatabase(address, createLogger({ name: 'test', level: 'silent' }));
    const { words, ...counts } = await derivedAgain({ asOwner });
    expect(await derived({ asOwner })).toEqual({ ...counts, words: [] });

    expect(await new ReindexingService(new ReindexingRepository(database)).run()).toEqual({
      events: 300,
      isDone: true,
    });
    expect(await derived({ asOwner })).toEqual({ ...counts, words });
  });
});
