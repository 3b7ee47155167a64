import { Injectable } from '@nestjs/common';
import type { Sql } from '../database/sql.js';
import type { SourceReport } from './heartbeat.repository.js';

/** The stretches of time that connectors themselves say they have not seen as they should. */
@Injectable()
export class SpellsRepository {
  /**
   * Keeps what is told, with every heartbeat anew; nothing is written of what is known. A spell that has grown is still
   * the same one.
   */
  async keep(sql: Sql, reports: readonly SourceReport[]): Promise<void> {
    const told = reports.flatMap(({ integration: { tenantId, id }, sources }) =>
      sources.flatMap(({ source, intervals }) =>
        intervals
          .filter(({ kind, from, to }) => kind !== 'complete' && Date.parse(from) < Date.parse(to))
          .map((interval) => ({ tenant_id: tenantId, integration_id: id, source, ...interval })),
      ),
    );
    if (told.length === 0) return;
    await sql.query({
      name: 'spells-keep',
      text: `insert into coverage_spells as known
                    (tenant_id, integration_id, source, kind, began_at, ended_at, reason)
             select g.tenant_id, g.integration_id, g.source, g.kind, g.from, max(g.until), max(g.reason)
               from (select *, least("to", now()) as until from jsonb_to_recordset($1::jsonb)
                      as told(tenant_id integer, integration_id bigint, source text, kind text,
                              "from" timestamptz, "to" timestamptz, reason text)) as g
              where g.from < g.until and not exists (
                select from coverage_spells c
                 where c.tenant_id = g.tenant_id and c.integration_id = g.integration_id and c.source = g.source
                   and c.kind = g.kind and c.began_at = g.from and c.ended_at >= g.until)
              group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
             on conflict (tenant_id, integration_id, source, kind, began_at) do update
               set ended_at = excluded.ended_at, reason = excluded.reason
             where known.ended_at < excluded.ended_at`,
      values: [JSON.stringify(told)],
    });
  }
}
