import type { Sql } from './sql.js';

/** Work that one process at a time does. The numbers are any that nothing else locks by. */
const locks = { retention: 72_707_370, reindexing: 72_707_371 };

/** Takes the lock until the transaction ends, and says whether nobody else has it. */
export async function tryLock(sql: Sql, work: keyof typeof locks): Promise<boolean> {
  const { rows } = await sql.query<{ locked: boolean }>({
    text: 'select pg_try_advisory_xact_lock($1) as locked',
    values: [locks[work]],
  });
  return rows[0]?.locked === true;
}

/** What a tenant's writers do one after another, since they have to see each other. */
const tenantLocks = { views: 72_707_372, teams: 72_707_373 };

/** Waits for the lock and keeps it until the transaction ends. */
export async function lockInTenant(
  sql: Sql,
  what: keyof typeof tenantLocks,
  tenantId: number,
): Promise<void> {
  await sql.query({
    text: 'select pg_advisory_xact_lock($1::integer, $2::integer)',
    values: [tenantLocks[what], tenantId],
  });
}
