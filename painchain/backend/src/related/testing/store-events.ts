import type { Related, RelatedEvent } from '@painchain/contract';
import { encodeId } from '../../database/opaque-id.js';
import type { TestDatabase } from '../../database/testing/test-database.js';

export interface TestEvent {
  title: string;
  timestamp?: string;
  type?: string;
  connector?: string;
  refs?: string[];
  subject?: string;
  actor?: string;
}

/** Stores events with their keys, and gives their ids by title. */
export async function storeEvents(
  { database }: TestDatabase,
  events: readonly TestEvent[],
  tenantId = 1,
): Promise<Record<string, string>> {
  const { rows } = await database.inTenant(tenantId, (sql) =>
    sql.query<{ title: string; seq: string }>({
      text: `with given as (
        select * from jsonb_to_recordset($2::jsonb) as given(title text, timestamp timestamptz, type text, connector text,
          refs text[], subject text, actor text)
      ), stored as (
        insert into events (tenant_id, key, connector, project, title, data, timestamp, type, refs, subject, actor)
        select $1, gen_random_uuid()::text, coalesce(connector, 'ci'), 'acme/api', title, '{}',
          coalesce(timestamp, '2026-01-31T10:00:00Z'), type, coalesce(refs, '{}'), subject, actor
        from given returning seq, title, timestamp, refs
      ), correlated as (
        insert into event_refs (tenant_id, ref, timestamp, seq)
        select $1, ref, timestamp, seq from stored, unnest(refs) as ref
      )
      select title, seq from stored`,
      values: [tenantId, JSON.stringify(events)],
    }),
  );
  return Object.fromEntries(rows.map(({ title, seq }) => [title, encodeId('evt', seq)]));
}

export function allOf({ chain, others }: Related): RelatedEvent[] {
  return [...chain.flatMap(({ events }) => events), ...others];
}
