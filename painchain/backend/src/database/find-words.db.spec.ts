import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sql } from './sql.js';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

let test: TestDatabase;
const other = 7;

beforeAll(async () => {
  test = await createTestDatabase();
  // One tenant has half of all events, four hundred others share the rest: what lies behind every bad plan.
  await test.asOwner(
    `insert into event_words (tenant_id, seq, timestamp, words)
     select tenant, n, '2026-01-01Z'::timestamptz + n * interval '1 second',
       format('''%s.deploy'':1 ''%s.w%s'':2', tenant, tenant, n)::tsvector
     from generate_series(1, 200000) as n, lateral (select case when n % 2 = 0 then 1 else 2 + n % 800 end) as t (tenant)`,
  );
  await test.asOwner('vacuum analyze event_words');
}, 60_000);
afterAll(() => test.drop());

const find = `select event_seq::int as seq from find_words($1, $2, $3, $4, $5)`;
const search = (
  sql: Sql,
  wanted: string,
  { since = '-infinity', until = 'infinity', newest = true, most = 3 } = {},
) =>
  sql
    .query<{ seq: number }>({ text: find, values: [wanted, since, until, newest, most] })
    .then(({ rows }) => rows.map(({ seq }) => seq));
const searchAs = (
  tenant: number,
  ...args: Parameters<typeof search> extends [Sql, ...infer Rest] ? Rest : never
) => test.database.inTenant(tenant, (sql) => search(sql, ...args));

describe('find_words', () => {
  it('finds in the order that is asked for, at most as many, and within the time that is asked for', async () => {
    expect(await searchAs(1, `'1.deploy'`)).toEqual([200_000, 199_998, 199_996]);
    expect(await searchAs(1, `'1.deploy'`, { newest: false })).toEqual([2, 4, 6]);
    expect(await searchAs(1, `'1.w1000'`)).toEqual([1_000]);
    const range = { since: '2026-01-01T00:00:02Z', until: '2026-01-01T00:00:04Z' };
    expect(await searchAs(1, `'1.deploy'`, range)).toEqual([4, 2]);
    expect(await searchAs(1, `'1.deploy' <-> '1.w1000'`)).toEqual([1_000]);
    expect(await searchAs(1, `'1.w1998':*`, { most: 100 })).toHaveLength(1 + 5 + 50);
  });

  it('answers a tenant with its own events only, whatever words it asks for', async () => {
    expect(await searchAs(other, `'1.deploy'`)).toEqual([]);
    expect(await searchAs(other, `'7.deploy' | '1.deploy'`)).toEqual([199_205, 198_405, 197_605]);
    expect(await searchAs(other, `!'7.nowhere'`, { most: 10_000 })).toHaveLength(250);
  });

  it('answers nothing without a tenant', async () => {
    expect(await test.database.withoutTenant((sql) => search(sql, `'1.deploy'`))).toEqual([]);
    expect(await test.database.acrossTenants((sql) => search(sql, `'1.deploy'`))).toEqual([]);
  });

  it('is no way around for anybody else', async () => {
    const [row] = await test.asOwner(
      `select has_function_privilege('painchain_app', oid, 'execute') as app, proacl::text ~ '[{,]=' as everybody
       from pg_proc where proname = 'find_words'`,
    );
    expect(row).toEqual({ app: true, everybody: false });
  });

  it('reads a few pages for a word without match, also with a plan that was made for another tenant', async () => {
    const app = new Client({ connectionString: test.appUrl });
    await app.connect();
    await app.query('set plan_cache_mode = force_generic_plan');
    for (const tenant of [other, 1]) {
      await app.query(`set app.tenant = ${tenant}`);
      expect(await search(app, `'${tenant}.nowhere'`)).toEqual([]);
      const { rows } = await app.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
        `explain (analyze, buffers, format json)
         select from find_words('''${tenant}.nowhere''', '-infinity', 'infinity', true, 3)`,
      );
      const plan = rows[0]?.['QUERY PLAN'][0].Plan;
      const pages = (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
      expect(pages).toBeLessThan(20);
    }
    await app.end();
  });
});
