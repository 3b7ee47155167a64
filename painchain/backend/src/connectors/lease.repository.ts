import { Injectable } from '@nestjs/common';
import type { SourceProgress } from '@painchain/contract';
import type { Sql } from '../database/sql.js';
import { lateAfter, unscheduledSeconds } from './lateness.js';
import { heartbeatSeconds } from './timing.js';

export interface FencedIntegration {
  type: string;
  epoch: number;
  enabled: boolean;
  live: boolean;
}

const nobodyLooked =
  'Nobody looked meanwhile: it was paused, or its connector did not run or could not get through.';

// How sources stood before this statement. What they promised, they said when they last did well.
const before = `
  select s.source, s.watermark, (s.status ->> 'last_sync')::timestamptz as told_sync,
         coalesce(s.due_at, s.last_sync + make_interval(secs => ${unscheduledSeconds})) as due_at,
         greatest(coalesce(s.interval_seconds, ${unscheduledSeconds}), ${heartbeatSeconds}) as interval_seconds,
         left(coalesce(s.trouble, i.trouble ->> 'detail', '${nobodyLooked}'), 500) as reason
    from sources s join integrations i on i.tenant_id = s.tenant_id and i.id = s.integration_id
   where s.tenant_id = $1 and s.integration_id = $2 and s.source = any($4)`;

// What is seen after all, much later than promised. One that catches up in several steps has been late in one stretch,
// until it tells of a look that began behind it: from then on a watermark that stays behind is its usual one.
const lateSpells = `
  insert into coverage_spells (tenant_id, integration_id, source, kind, began_at, ended_at, reason)
  select $1, $2, source, 'late', coalesce(known.began_at, b.watermark), m.watermark, coalesce(known.reason, b.reason)
    from moved m join before b using (source)
    left join lateral (
      select c.began_at, c.ended_at, c.reason from coverage_spells c
       where c.tenant_id = $1 and c.integration_id = $2 and c.source = b.source and c.kind = 'late'
       order by c.began_at desc limit 1) known
      on known.ended_at = b.watermark and coalesce(b.told_sync < known.ended_at, true)
   where m.watermark > b.watermark
     and case when known.began_at is null
              then now() - b.due_at > ${lateAfter} * make_interval(secs => b.interval_seconds)
              else now() - b.watermark > (1 + ${lateAfter}) * make_interval(secs => b.interval_seconds) end
   order by source
  on conflict (tenant_id, integration_id, source, kind, began_at) do update set ended_at = excluded.ended_at`;

/** The SQL of what a lease guards. Every statement runs inside the caller's transaction. */
@Injectable()
export class LeaseRepository {
  /**
   * FOR SHARE: batches of one integration run beside each other, but whoever takes the lease away waits for
   * them and whoever comes later sees its new epoch. Hence clock_timestamp(): now() is older than that wait.
   */
  async lockIntegration(sql: Sql, tenantId: number, id: string): Promise<FencedIntegration | undefined> {
    const { rows } = await sql.query<FencedIntegration>({
      name: 'lease-fence',
      text: `select type, epoch::float8 as epoch, enabled,
                    coalesce(lease_until > clock_timestamp(), false) as live
               from integrations where tenant_id = $1 and id = $2 for share`,
      values: [tenantId, id],
    });
    return rows[0];
  }

  /**
   * Moves the sources whose version is the expected one and answers with those that moved. The very step that
   * moved a source last counts as moved again: its reply may have been lost on the way. Nothing has been seen of what is
   * yet to come, whatever the connector's clock says. Where a watermark moves later than was promised, that is kept as a
   * spell of its source.
   */
  async moveSources(
    sql: Sql,
    tenantId: number,
    integrationId: string,
    sources: SourceProgress[],
  ): Promise<{ source: string; version: number }[]> {
    const names = sources.map(({ source }) => source);
    // In one order for everybody, or two batches with the same sources could wait for each other.
    await sql.query({
      name: 'lease-lock-sources',
      text: `insert into sources (tenant_id, integration_id, source)
             select $1, $2, source from unnest($3::text[]) as given(source) order by source
             on conflict (tenant_id, integration_id, source) do update set updated_at = now()`,
      values: [tenantId, integrationId, names],
    });
    const { rows } = await sql.query<{ source: string; version: number }>({
      name: 'lease-move-sources',
      text: `with before as (${before}), moved as (
               update sources s
                set cursor = case when g.has_cursor then g.cursor else s.cursor end,
                    version = g.expected_version + 1,
                    watermark = greatest(s.watermark, least(g.watermark, now())),
                    connected_at = case when s.connected_at is null and g.watermark is not null
                                        then least(g.watermark, now()) else s.connected_at end,
                    due_at = case when g.watermark > coalesce(s.watermark, '-infinity')
                                  then coalesce(now() + make_interval(secs => s.interval_seconds), s.due_at)
                                  else s.due_at end,
                    trouble = case when g.watermark > coalesce(s.watermark, '-infinity') then null else s.trouble end,
                    project = coalesce(g.project, s.project),
                    gone_at = null,
                    last_sync = now(),
                    updated_at = now()
               from jsonb_to_recordset($3::jsonb) as g(source text, project text, cursor jsonb,
                      has_cursor boolean, expected_version bigint, watermark timestamptz)
              where s.tenant_id = $1 and s.integration_id = $2 and s.source = g.source
                and (s.version = g.expected_version
                     or s.version = g.expected_version + 1
                        and (not g.has_cursor or s.cursor is not distinct from g.cursor)
                        and (g.watermark is null or s.watermark >= least(g.watermark, s.last_sync)))
             returning s.source, s.version, s.watermark), late as (${lateSpells})
             select source, version from moved`,
      values: [tenantId, integrationId, JSON.stringify(sources.map(asRecord)), names],
    });
    return rows;
  }

  /** Writes only what changed, so that the rows of busy projects aren't locked by every batch. */
  async tagProjects(
    sql: Sql,
    tenantId: number,
    connector: string,
    projects: { name: string; tags: string[] | null }[],
  ): Promise<void> {
    await sql.query({
      name: 'lease-tag-projects',
      text: `insert into projects (tenant_id, connector, name, tags)
             select $1, $2, g.name, coalesce(g.tags, '{}')
               from jsonb_to_recordset($3::jsonb) as g(name text, tags text[])
              where not exists (
                select from projects p
                 where p.tenant_id = $1 and p.connector = $2 and p.name = g.name
                   and (g.tags is null or p.tags = g.tags))
              order by g.name
             on conflict (tenant_id, connector, name) do update set tags = excluded.tags`,
      values: [tenantId, connector, JSON.stringify(projects)],
    });
  }
}

function asRecord(progress: SourceProgress): object {
  return { ...progress, has_cursor: progress.cursor !== undefined };
}
