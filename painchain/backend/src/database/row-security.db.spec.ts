import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

let test: TestDatabase;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());

// Their operators aren't leakproof: a function of the owner searches them. See docs/adr.
const notForced = ['event_refs', 'event_tail', 'event_words', 'events'];

describe('row security', () => {
  it('covers every table that has a tenant, with a policy for reading and writing', async () => {
    const uncovered = await test.asOwner(
      `select c.relname from pg_class c
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
         and (not c.relrowsecurity or not exists (
           select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*'
             and p.polqual is not null and p.polwithcheck is not null))`,
    );
    expect(uncovered).toEqual([]);
  });

  it('binds the owner too, but for the event tables', async () => {
    const tables = await test.asOwner<{ relname: string }>(
      `select relname from pg_class where relrowsecurity and not relforcerowsecurity order by relname`,
    );
    expect(tables.map(({ relname }) => relname)).toEqual(notForced);
  });

  it('leads every unique key of a tenant table with the tenant', async () => {
    const others = await test.asOwner(
      `select i.indexrelid::regclass::text from pg_index i
         join pg_class c on c.oid = i.indrelid and c.relrowsecurity
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indisunique and a.attname <> 'tenant_id'`,
    );
    expect(others).toEqual([]);
  });

  it('is served by a role that it binds and that owns nothing', async () => {
    const roles = await test.asOwner(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
         (select count(*)::int from pg_class where relowner = r.oid) as owned
       from pg_roles r where rolname = 'painchain_app'`,
    );
    expect(roles).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 },
    ]);
  });

  it('lets the serving role change no schema, no tenant and no ledger', async () => {
    const app = new Client({ connectionString: test.appUrl });
    app.on('error', () => undefined);
    await app.connect();
    for (const forbidden of [
      'create table x ()',
      'alter table events disable row level security',
      'drop policy tenant on events',
      'truncate events',
      `insert into tenants (slug, name) values ('x', 'x')`,
      'update tenants set name = name',
      'select from _prisma_migrations',
      `set role ${new URL(test.ownerUrl).username}`,
    ]) {
      await expect(app.query(forbidden)).rejects.toThrow(/permission denied|must be owner/);
    }
    await app.end();
  });
});
