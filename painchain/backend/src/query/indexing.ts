import type { Capped } from '@painchain/contract';
import type { Query } from '@painchain/query';
import type { Sql } from '../database/sql.js';
import { asksForText } from './route.js';

/** Whether text that the query asks for is still being made searchable. */
export async function isIndexing(sql: Sql, tenantId: number, query: Query): Promise<boolean> {
  if (!asksForText(query)) return false;
  const { rows } = await sql.query({
    name: 'text-is-indexing',
    text: 'select from text_reindexing where tenant_id = $1',
    values: [tenantId],
  });
  return rows.length > 0;
}

/** What an answer says then. */
export const cappedByIndexing: Capped = {
  reason: 'indexing',
  reached: null,
  detail:
    'Text of older events is still being made searchable, so some of them may be missing. Ask again later.',
};
