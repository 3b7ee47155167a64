import type { TransactionOptions } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import type { EventRecord } from '../event-rows/timeline-row.js';
import type { PageRecord, Question } from './page.js';
import { foundStatement, type PageColumns } from './page-sql.js';

/**
 * One snapshot for a page and for where the live tail takes over, or an event could fall between them. No question
 * takes longer than two seconds; a first step that does is a problem that says so.
 */
export const readOptions: TransactionOptions = {
  isolation: 'repeatable read',
  readOnly: true,
  timeoutMs: 1_900,
};

/** How long the events of a page may be looked for, in milliseconds. */
export const walkMs = 1_500;

/** The rows of events that were found, in that order, as many as one page may hold. */
export async function readFound<Row extends EventRecord>(
  sql: Sql,
  tenantId: number,
  columns: PageColumns,
  question: Question,
  seqs: readonly string[],
): Promise<PageRecord<Row>[]> {
  if (seqs.length === 0) return [];
  const statement = foundStatement(tenantId, columns, question, seqs);
  return withoutCut((await sql.query<PageRecord<Row> & { data?: unknown }>(statement)).rows);
}

/** Rows whose data was too much for one page have none. */
export function withoutCut<Row extends { data?: unknown }>(rows: Row[]): Row[] {
  return rows.filter(({ data }) => data !== null);
}
