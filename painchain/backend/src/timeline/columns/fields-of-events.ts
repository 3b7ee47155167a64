import { limits } from '@painchain/contract';
import type { Sql } from '../../database/sql.js';
import { binder } from '../../query/bind.js';
import { withinTime } from '../../query/within-time.js';
import type { Column } from './column.js';
import { columnsSql } from './column-sql.js';
import type { WrittenValue } from './column-value.js';

/** The written values of columns by the event (seq). */
export type WrittenFields = ReadonlyMap<string, readonly WrittenValue[]>;

// Everybody waits for the slowest.
const statementMs = 1_000;

/** Undefined when it took too long to read them. */
export async function findFields(
  sql: Sql,
  tenantId: number,
  seqs: readonly string[],
  columns: readonly Column[],
): Promise<WrittenFields | undefined> {
  if (columns.length === 0 || seqs.length === 0) return new Map();
  const values: unknown[] = [tenantId, seqs];
  const fields = columnsSql(columns, limits.columnText, binder(values));
  const text = `select e.seq, ${fields} as fields from events e where e.tenant_id = $1 and e.seq = any($2::bigint[])`;
  const result = await withinTime(sql, statementMs, () =>
    sql.query<{ seq: string; fields: WrittenValue[] }>({ text, values }),
  );
  return result && new Map(result.rows.map(({ seq, fields }) => [seq, fields]));
}
