import type { Query } from '@painchain/query';
import type { Sql } from '../database/sql.js';
import { binder } from '../query/bind.js';
import { conditionOf } from '../query/compile.js';
import { write } from '../query/conditions.js';
import { withinTime } from '../query/within-time.js';

/** The events (seq) that match a query; undefined when it took too long to tell. */
export type Matching = ReadonlySet<string> | undefined;

// So that the parameters of many long queries stay below what one statement can have.
const queriesPerStatement = 10;

// Everybody waits for the slowest.
const statementMs = 1_000;

/** For each query the events of those given that match it. */
export async function findMatching(
  sql: Sql,
  tenantId: number,
  seqs: readonly string[],
  queries: readonly Query[],
): Promise<Matching[]> {
  const found: Matching[] = [];
  for (let at = 0; at < queries.length; at += queriesPerStatement) {
    const together = queries.slice(at, at + queriesPerStatement);
    const judged = await judge(sql, tenantId, seqs, together);
    if (judged) found.push(...judged);
    else for (const query of together) found.push((await judge(sql, tenantId, seqs, [query]))?.[0]);
  }
  return found;
}

async function judge(
  sql: Sql,
  tenantId: number,
  seqs: readonly string[],
  queries: readonly Query[],
): Promise<Matching[] | undefined> {
  const values: unknown[] = [tenantId, seqs];
  const bind = binder(values);
  const conditions = queries.map((query) => conditionOf(query, tenantId));
  // Most streams ask for everything, and most rounds find nothing.
  if (seqs.length === 0 || conditions.every((condition) => condition === true))
    return queries.map(() => new Set(seqs));
  const text = `select e.seq, array[${conditions.map((condition) => write(condition, bind)).join(', ')}] as matches
from events e where e.tenant_id = $1 and e.seq = any($2::bigint[])`;
  const result = await withinTime(sql, statementMs, () =>
    sql.query<{ seq: string; matches: boolean[] }>({ text, values }),
  );
  return (
    result &&
    queries.map((_, at) => new Set(result.rows.filter(({ matches }) => matches[at]).map(({ seq }) => seq)))
  );
}
