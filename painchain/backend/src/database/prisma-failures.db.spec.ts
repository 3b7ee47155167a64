import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

let test: TestDatabase;
beforeAll(async () => (test = await createTestDatabase({ size: 1, acquireMs: 1_000, statementMs: 2_500 })));
afterAll(() => test.drop());

const sleep = (seconds: number) =>
  test.database.prismaInTenant(1, (prisma) => prisma.$executeRaw`select pg_sleep(${seconds})`);

describe('failures that come through Prisma', () => {
  it('are unavailable when no connection is free', async () => {
    await sleep(0);
    const held = sleep(2);
    await expect(sleep(0)).rejects.toMatchObject({ code: 'unavailable' });
    await held;
  });

  it('are unavailable when the connection is lost', async () => {
    const lost = sleep(1);
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'painchain'`;
    setTimeout(() => void test.asOwner(terminate), 300);
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
    await expect(sleep(0)).resolves.toBeDefined();
  });

  it('are a timeout when a statement takes too long', async () => {
    await expect(sleep(5)).rejects.toMatchObject({ code: 'query-timeout' });
  });

  it('are tried again when two transactions got in each other’s way', async () => {
    let tries = 0;
    await test.database.prismaInTenant(1, async (prisma) => {
      tries += 1;
      if (tries < 3) {
        await prisma.$executeRawUnsafe(`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`);
      }
    });
    expect(tries).toBe(3);
  });

  it('come as they are when the statement was wrong', async () => {
    const duplicate = test.database.prismaInTenant(1, async (prisma) => {
      const data = { tenantId: 1, connector: 'git', name: 'twice' };
      await prisma.project.create({ data });
      await prisma.project.create({ data });
    });
    await expect(duplicate).rejects.toMatchObject({ code: 'P2002' });
  });
});
