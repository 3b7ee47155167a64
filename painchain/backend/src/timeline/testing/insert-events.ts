import type { TestDatabase } from '../../database/testing/test-database.js';

/** Stores a plain event for each timestamp, in the order given. */
export async function insertEvents(
  { database }: TestDatabase,
  timestamps: readonly string[],
  { tenantId = 1, ...columns }: { tenantId?: number; project?: string; status?: string } = {},
): Promise<void> {
  await database.inTenant(tenantId, (sql) =>
    sql.query({
      text: `with stored as (
        insert into events (tenant_id, key, connector, title, data, timestamp, project, status)
        select $1, gen_random_uuid()::text, 'ci', 'of ' || at, '{"n":1}', at::timestamptz, $3, $4
        from unnest($2::text[]) with ordinality as given(at, n) order by n
        returning seq)
      insert into event_tail (tenant_id, seq) select $1, seq from stored`,
      values: [tenantId, timestamps, columns.project ?? 'acme/api', columns.status ?? null],
    }),
  );
}

/** That many instants, a second apart, oldest first. */
export function secondsApart(count: number, from = Date.UTC(2026, 0, 1)): string[] {
  return Array.from({ length: count }, (_, n) => new Date(from + n * 1_000).toISOString());
}
