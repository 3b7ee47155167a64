import type { Query } from '@painchain/query';
import type { Sql } from '../database/sql.js';
import { binder } from '../query/bind.js';
import { conditionOf } from '../query/compile.js';
import { write } from '../query/conditions.js';

// So that the parameters of many long queries stay below what one statement can have.
const queriesPerStatement = 10;

/** For each query the events (seq) of those given that match it. */
export async function findMatching(
  sql: Sql,
  tenantId: number,
  seqs: readonly string[],
  queries: readonly Query[],
): Promise<ReadonlySet<string>[]> {
  const found: Set<string>[] = [];
  for (let at = 0; at < queries.length; at += queriesPerStatement) {
    found.push(...(await judge(sql, tenantId, seqs, queries.slice(at, at + queriesPerStatement))));
  }
  return found;
}

async function judge(
  sql: Sql,
  tenantId: number,
  seqs: readonly string[],
  queries: readonly Query[],
): Promise<Set<string>[]> {
  const values: unknown[] = [tenantId, seqs];
  const bind = binder(values);
  const conditions = queries.map((query) => conditionOf(query, tenantId));
  // Most streams ask for everything, and most rounds find nothing.
  if (seqs.length === 0 || conditions.every((condition) => condition === true))
    return queries.map(() => new Set(seqs));
  const { rows } = await sql.query<{ seq: string; matches: boolean[] }>({
    text: `select e.seq, array[${conditions.map((condition) => write(condition, bind)).join(', ')}] as matches
from events e where e.tenant_id = $1 and e.seq = any($2::bigint[])`,
    values,
  });
  return queries.map((_, at) => new Set(rows.filter(({ matches }) => matches[at]).map(({ seq }) => seq)));
}
