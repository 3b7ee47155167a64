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
