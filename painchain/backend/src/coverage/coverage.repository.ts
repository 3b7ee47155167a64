import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { SourceFacts, Spell } from './source-stretches.js';

export interface Asked {
  /** Of these integrations. */
  ids: string[];
  from: string;
  to: string;
  /** Only sources that may tell of one of these projects. */
  projects: string[] | undefined;
}

const timeoutMs = 5_000;

/** So many spells are read; the shortest of those that were caught up with are left out first. */
const mostSpells = 50_000;

const millis = (expression: string) => `floor(extract(epoch from ${expression}) * 1000)::float8`;

// What is no longer a source counts as far as it was seen.
const asked = `s.tenant_id = $1 and s.integration_id = any($2) and (s.gone_at is null or s.watermark > $3)
       and ($4::text[] is null or s.project is null or s.project = any($4)
            or exists (select from unnest($4) as p where starts_with(p, s.project || '/')))`;

const sources = `
  select s.integration_id as "integrationId", s.source, s.project, ${millis('s.connected_at')} as "connectedMs",
         ${millis('s.watermark')} as "watermarkMs", ${millis('s.last_sync')} as "lastSyncMs",
         ${millis('s.due_at')} as "dueMs", s.interval_seconds * 1000 as "intervalMs", s.status ->> 'state' as state,
         case when s.status ->> 'state' in ('failing', 'action_required') then s.status #>> '{trouble,detail}' end as trouble,
         s.gone_at is not null as gone
    from sources s where ${asked}
   order by s.integration_id, s.source`;

const spells = `
  select c.integration_id as "integrationId", c.source, c.kind, c.reason,
         ${millis('c.began_at')} as "fromMs", ${millis('c.ended_at')} as "toMs"
    from coverage_spells c join sources s using (tenant_id, integration_id, source)
   where c.tenant_id = $1 and c.ended_at > $3 and c.began_at < $5 and ${asked}
   order by c.kind = 'late', c.ended_at - c.began_at desc limit ${mostSpells}`;

@Injectable()
export class CoverageRepository {
  constructor(private readonly database: Database) {}

  /** The sources, and their spells that touch the window. */
  async read(
    tenantId: number,
    { ids, from, to, projects }: Asked,
  ): Promise<{ sources: SourceFacts[]; spells: Spell[] }> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const values = [tenantId, ids, from, projects ?? null];
        const known = await sql.query<SourceFacts>({ name: 'coverage-sources', text: sources, values });
        const kept = await sql.query<Spell>({
          name: 'coverage-spells',
          text: spells,
          values: [...values, to],
        });
        return { sources: known.rows, spells: kept.rows };
      },
      { readOnly: true, isolation: 'repeatable read', timeoutMs },
    );
  }
}
