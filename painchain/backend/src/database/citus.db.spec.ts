import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

let test: TestDatabase;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());

const statements = readFileSync(new URL('../../../../docs/citus.sql', import.meta.url), 'utf8');
const placedBy = (name: string) =>
  [...statements.matchAll(new RegExp(`^select ${name}\\('(\\w+)'`, 'gm'))].map(([, table]) => table ?? '');

const everywhere = placedBy('create_reference_table');
const byTenant = placedBy('create_distributed_table');
const onCoordinator = placedBy('citus_add_local_table_to_metadata');

describe('docs/citus.sql', () => {
  it('gives each table of the schema one place', async () => {
    const tables = await test.asOwner<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
    );
    const placed = [...everywhere, ...byTenant, ...onCoordinator];
    expect(placed.sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it('distributes only what has its tenant in every unique key', async () => {
    const keys = await test.asOwner<{ table: string; columns: string[] }>(
      `select c.relname as table, array_agg(a.attname::text) as columns
       from pg_index i join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
       where i.indisunique and c.relname = any($1) group by c.relname, i.indexrelid`,
      [byTenant],
    );
    expect(new Set(keys.map(({ table }) => table))).toEqual(new Set(byTenant));
    expect(keys.filter(({ columns }) => !columns.includes('tenant_id'))).toEqual([]);
  });

  it('distributes nothing whose foreign keys or identities a worker could not keep', async () => {
    const foreign = await test.asOwner<{ from: string; to: string }>(
      `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and (conrelid::regclass::text = any($1) or confrelid::regclass::text = any($1))`,
      [byTenant],
    );
    expect(foreign.filter(({ to }) => !everywhere.includes(to))).toEqual([]);
    const small = await test.asOwner(
      `select attrelid::regclass from pg_attribute
       where attidentity <> '' and atttypid <> 'bigint'::regtype and attrelid::regclass::text = any($1)`,
      [byTenant],
    );
    expect(small).toEqual([]);
  });
});
