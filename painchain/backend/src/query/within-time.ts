import type { Sql } from '../database/sql.js';

const cancelled = '57014';

/**
 * Does work that only reads within so many milliseconds, or not at all: undefined when that was not enough. The
 * transaction goes on either way, with the timeout that it had.
 */
export async function withinTime<T>(sql: Sql, ms: number, work: () => Promise<T>): Promise<T | undefined> {
  await sql.query({ text: `savepoint within_time; set local statement_timeout = ${Math.ceil(ms)}` });
  const result = await work().catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== cancelled) throw error;
    return undefined;
  });
  // Also after success: so the timeout is the old one again.
  await sql.query({ text: 'rollback to savepoint within_time; release savepoint within_time' });
  return result;
}
