import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

let test: TestDatabase;
let acme: number;
beforeAll(async () => {
  test = await createTestDatabase({ size: 2 });
  acme = await test.createTenant('acme');
  for (const tenant of [1, acme]) {
    await test.database.inTenant(tenant, (sql) =>
      sql.query({
        text: `insert into projects (tenant_id, connector, name) values ($1, 'git', $2)`,
        values: [tenant, `of ${tenant}`],
      }),
    );
  }
});
afterAll(() => test.drop());

const everyProject = { name: 'every', text: 'select tenant_id from projects' };

describe('Database', () => {
  it.each([undefined, null, 0, -1, 1.5, NaN, '1', 2 ** 31])('refuses %s as a tenant', async (tenant) => {
    const work = test.database.inTenant(tenant as number, async () => 'done');
    await expect(work).rejects.toThrow(/tenant id/);
    await expect(test.database.prismaInTenant(tenant as number, async () => 'done')).rejects.toThrow(
      /tenant id/,
    );
  });

  it('shows one tenant its own rows only, even to a query that forgot to ask', async () => {
    const { rows } = await test.database.inTenant(acme, (sql) => sql.query(everyProject));
    expect(rows).toEqual([{ tenant_id: acme }]);
  });

  it('does the same through Prisma', async () => {
    const projects = await test.database.prismaInTenant(acme, (prisma) => prisma.project.findMany());
    expect(projects.map(({ tenantId }) => tenantId)).toEqual([acme]);
  });

  it('shows nothing without a tenant, and takes nothing', async () => {
    const { rows } = await test.database.withoutTenant((sql) => sql.query(everyProject));
    expect(rows).toEqual([]);
    const text = `insert into projects (tenant_id, connector, name) values (1, 'git', 'x')`;
    await expect(test.database.withoutTenant((sql) => sql.query({ text }))).rejects.toThrow(
      /row-level security/,
    );
    await expect(test.database.inTenant(acme, (sql) => sql.query({ text }))).rejects.toThrow(
      /row-level security/,
    );
  });

  it('opens no event across tenants', async () => {
    const { rows } = await test.database.acrossTenants((sql) => sql.query(everyProject));
    expect(rows).toEqual([]);
  });

  it('never answers with rows of another tenant, however connections are reused', async () => {
    const isForeign = async (tenant: number) => {
      const { rows } = await test.database.inTenant(tenant, (sql) =>
        sql.query<{ tenant_id: number }>(everyProject),
      );
      return rows.length !== 1 || rows[0]?.tenant_id !== tenant;
    };
    const walk = async (seed: number) => {
      let foreign = 0;
      for (let n = 0; n < 60; n++) if (await isForeign((n * seed) % 3 ? 1 : acme)) foreign += 1;
      return foreign;
    };
    // Five walkers on two connections.
    const foreign = await Promise.all([1, 2, 4, 5, 7].map(walk));
    expect(foreign).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives the connection back unset when the work fails', async () => {
    const failing = test.database.inTenant(acme, async () => Promise.reject(new Error('mine')));
    await expect(failing).rejects.toThrow('mine');
    const { rows } = await test.database.withoutTenant((sql) => sql.query(everyProject));
    expect(rows).toEqual([]);
  });

  it('does not take an ignored failure for a commit', async () => {
    const work = test.database.inTenant(acme, async (sql) => {
      await sql.query({ text: 'select 1/0' }).catch(() => undefined);
      return 'stored';
    });
    await expect(work).rejects.toThrow(/rolled back/);
  });

  it('begins again after a deadlock or a serialization failure', async () => {
    let tries = 0;
    const answer = await test.database.inTenant(acme, async (sql) => {
      tries += 1;
      if (tries < 3)
        await sql.query({ text: `do $$ begin raise exception 'x' using errcode = '40P01'; end $$` });
      return 'third';
    });
    expect([answer, tries]).toEqual(['third', 3]);
  });

  it('says that a query took too long', async () => {
    const slow = (sql: { query(s: { text: string }): Promise<unknown> }) =>
      sql.query({ text: 'select pg_sleep(3)' });
    await expect(test.database.inTenant(1, slow, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
  });

  it('says that it is not available, and recovers, when every connection is taken or killed', async () => {
    const hold = () => test.database.inTenant(1, (sql) => sql.query({ text: 'select pg_sleep(2.9)' }));
    const held = [hold(), hold()].map((work) => work.catch((error: unknown) => error));
    await expect(test.database.inTenant(1, async () => 'late')).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 1,
    });
    await Promise.all(held);
    const killed = test.database.inTenant(1, (sql) => sql.query({ text: 'select pg_sleep(2)' }));
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where query = 'select pg_sleep(2)' and datname = current_database()`;
    const terminated = sleep(100).then(() => test.asOwner(terminate));
    await expect(killed).rejects.toMatchObject({ code: 'unavailable' });
    await terminated;
    await expect(test.database.inTenant(1, async () => 'back')).resolves.toBe('back');
  });

  it('keeps a transaction read-only and on one snapshot when asked to', async () => {
    const write = test.database.inTenant(
      1,
      (sql) => sql.query({ text: `delete from projects where tenant_id = 1` }),
      { readOnly: true, isolation: 'repeatable read' },
    );
    await expect(write).rejects.toThrow();
  });
});
