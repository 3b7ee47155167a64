import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { SourceFacts, Spell } from './source-stretches.js';
import type { Window } from './stretches.js';

export interface Asked {
  /** Of these integrations, some of which nobody works through. */
  ids: string[];
  idle: string[];
  window: Window;
  nowMs: number;
  /** Only sources that may tell of one of these projects. */
  projects: string[] | undefined;
}

const timeoutMs = 5_000;

/** So many spells are read; the shortest of those that were caught up with are left out, and no others. */
const mostSpells = 50_000;

// Unlike extract, it counts in float8.
const millis = (expression: string) => `floor(date_part('epoch', ${expression}) * 1000)`;

// What is no longer a source counts as far as it was seen. A sound one does as it should, and has never done worse in the
// window than to be caught up with: nothing needs to be told of it by itself. Spells are found by their time first: looked
// up by their sources, all that are kept would be read. $1 tenant, $2 ids, $3 from, $4 to, $5 now, $6 idle, $7 projects.
const asked = `
  with touching as materialized (
    select integration_id, source, kind, began_at, ended_at, reason from coverage_spells
     where tenant_id = $1 and ended_at > $3 and began_at < $4
  ), lost as (
    select distinct integration_id, source from touching where kind <> 'late'
  ), asked as (
    select s.*, lost.source is null and s.gone_at is null and s.connected_at <= $3 and s.watermark is not null
                and s.due_at > $5 and s.status ->> 'state' = 'healthy' and s.trouble is null
                and s.integration_id <> all($6) as sound
      from sources s left join lost using (integration_id, source)
     where s.tenant_id = $1 and s.integration_id = any($2) and (s.gone_at is null or s.watermark > $3)
       and ($7::text[] is null or s.project is null or s.project = any($7)
            or exists (select from unnest($7) as p where starts_with(p, s.project || '/')))
  )`;

const sources = `${asked}
  select integration_id as "integrationId", case when not coalesce(sound, false) then source end as source,
         count(*)::int as count, min(project) as project, ${millis('max(connected_at)')} as "connectedMs",
         ${millis('min(watermark)')} as "watermarkMs", ${millis('min(last_sync)')} as "lastSyncMs",
         ${millis('min(due_at)')} as "dueMs", max(interval_seconds) * 1000 as "intervalMs",
         min(status ->> 'state') as state, min(trouble) as trouble, bool_or(gone_at is not null) as gone
    from asked group by 1, 2`;

// What touches is put together: of sound sources, that of all of an integration.
const spells = `${asked}, united as (
    select c.integration_id, case when not coalesce(a.sound, false) then c.source end as source, c.kind, c.reason,
           range_agg(tstzrange(c.began_at, c.ended_at)) as ranges
      from touching c join asked a using (integration_id, source)
     group by 1, 2, 3, 4
  )
  select integration_id as "integrationId", source, kind, reason, ${millis('lower(range)')} as "fromMs",
         ${millis('upper(range)')} as "toMs"
    from united, unnest(ranges) as range
   order by kind = 'late', upper(range) - lower(range) desc limit ${mostSpells + 1}`;

/** More is missing of a window than can be looked at, so nothing can be said of it. */
export class TooManySpellsError extends Error {
  override readonly name = 'TooManySpellsError';
}

@Injectable()
export class CoverageRepository {
  constructor(private readonly database: Database) {}

  /** The sources, sound ones together as one, and their spells that touch the window. Throws TooManySpellsError. */
  async read(tenantId: number, given: Asked): Promise<{ sources: SourceFacts[]; spells: Spell[] }> {
    const { ids, idle, window, nowMs, projects } = given;
    const instants = [window.fromMs, window.toMs, nowMs].map((ms) => new Date(ms).toISOString());
    const values = [tenantId, ids, ...instants, idle, projects ?? null];
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const known = await sql.query<SourceFacts>({ name: 'coverage-sources', text: sources, values });
        const kept = await sql.query<Spell>({ name: 'coverage-spells', text: spells, values });
        const [oneTooMany] = kept.rows.splice(mostSpells);
        if (oneTooMany && oneTooMany.kind !== 'late') throw new TooManySpellsError();
        return { sources: known.rows, spells: kept.rows };
      },
      { readOnly: true, isolation: 'repeatable read', timeoutMs },
    );
  }
}
