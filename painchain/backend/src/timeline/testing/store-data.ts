import type { JsonObject } from '@painchain/contract';
import type { TestDatabase } from '../../database/testing/test-database.js';
import { encodeId } from '../../database/opaque-id.js';

export interface StoredData {
  id: string;
  seq: bigint;
  timestamp: string;
  data: JsonObject;
}

/** Stores an event for each data, three of each second, and gives them in the order of storing. */
export async function storeData(
  { database }: TestDatabase,
  all: readonly JsonObject[],
  { tenantId = 1, from = Date.UTC(2026, 0, 1) } = {},
): Promise<StoredData[]> {
  const given = all.map((data, n) => ({
    data,
    timestamp: new Date(from + Math.floor(n / 3) * 1_000).toISOString(),
  }));
  const { rows } = await database.inTenant(tenantId, (sql) =>
    sql.query<{ n: string; seq: string }>({
      text: `with given as (
        select n, event->'data' as data, (event->>'timestamp')::timestamptz as timestamp, gen_random_uuid()::text as key
        from jsonb_array_elements($2::jsonb) with ordinality as all_given(event, n)
      ), stored as (
        insert into events (tenant_id, key, connector, title, data, timestamp, project)
        select $1, key, 'ci', 'number ' || n, data, timestamp, 'acme/api' from given order by n
        returning seq, key
      ), tailed as (insert into event_tail (tenant_id, seq) select $1, seq from stored)
      select n, seq from stored join given using (key) order by n`,
      values: [tenantId, JSON.stringify(given)],
    }),
  );
  return rows.map(({ seq }, n) => {
    const { data = {}, timestamp = '' } = given[n] ?? {};
    return { id: encodeId('evt', seq), seq: BigInt(seq), timestamp, data };
  });
}
