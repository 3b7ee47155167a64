import type pg from 'pg';
import type { Question, Read } from './read.js';
import type { Suite } from './suite.js';

const integrations = 40;
const sourcesOfEach = 250;

interface Coverage {
  sources: { total: number; complete: number };
}

/**
 * Ten thousand sources that are looked at each minute: a tenth is late or blind, a tenth has lost some minutes for good,
 * and all were caught up with after an outage.
 */
async function connectSources(sql: pg.Client): Promise<void> {
  await sql.query(`set app.across_tenants = 'connectors'`);
  await sql.query(
    `insert into integrations (tenant_id, type, name, config_public, config_sealed, last_heartbeat)
     select 1, 'pretended', 'Integration ' || n, '{}', '', now() from generate_series(1, $1) as n
     on conflict (tenant_id, type, name) do update set last_heartbeat = now()`,
    [integrations],
  );
  await sql.query(`delete from sources s using integrations i
    where i.tenant_id = s.tenant_id and i.id = s.integration_id and i.type = 'pretended'`);
  await sql.query(
    `insert into sources (tenant_id, integration_id, source, project, version, watermark, last_sync, connected_at,
       due_at, interval_seconds, trouble, status)
     select 1, i.id, 'acme/repository-' || n, 'acme/repository-' || n, 1, seen, seen, now() - interval '1 year',
       case when n % 20 = 0 then now() - interval '5 minutes' else now() + interval '1 day' end, 60,
       case when n % 20 = 1 then 'It does not answer.' end,
       jsonb_build_object('source', 'acme/repository-' || n, 'project', 'acme/repository-' || n, 'watermark', seen,
         'state', case when n % 20 = 1 then 'failing' else 'healthy' end, 'last_sync', seen, 'next_sync', now(),
         'lag_seconds', 30, 'rate_limit', null, 'progress', null, 'intervals', jsonb_build_array(), 'trouble', null)
     from integrations i, generate_series(1, $1) as n, lateral (select now() - n * interval '100 ms' as seen) as at
     where i.tenant_id = 1 and i.type = 'pretended'`,
    [sourcesOfEach],
  );
  await sql.query(
    `insert into coverage_spells (tenant_id, integration_id, source, kind, began_at, ended_at, reason)
     select s.tenant_id, s.integration_id, s.source, kind, began, began + interval '10 minutes', 'Nobody looked.'
     from sources s join integrations i on i.tenant_id = s.tenant_id and i.id = s.integration_id,
       (values ('late', now() - interval '5 hours'), ('blind', now() - interval '9 hours'),
         ('late', now() - interval '3 days')) as spell(kind, began)
     where i.tenant_id = 1 and i.type = 'pretended' and (kind = 'late' or s.source like '%2')`,
  );
  await sql.query('analyze integrations, sources, coverage_spells');
}

/** Of which sources a day was not seen completely; by hand without the reasons, and without merging anything. */
async function lastDay({ sql }: Suite): Promise<Question> {
  await connectSources(sql);
  const to = new Date();
  const from = new Date(to.getTime() - 24 * 60 * 60 * 1000);
  const window = [from.toISOString(), to.toISOString()];
  return {
    path: `/coverage?${new URLSearchParams({ from: window[0] ?? '', to: window[1] ?? '', connector: 'pretended' }).toString()}`,
    sql: `select s.source from sources s join integrations i on i.tenant_id = s.tenant_id and i.id = s.integration_id
      where s.tenant_id = 1 and i.type = 'pretended' and (s.connected_at > $1
        or s.status ->> 'state' = 'failing' and s.watermark < $2
        or s.due_at + s.interval_seconds * interval '1 s' < now() and s.watermark < $2
        or exists (select from coverage_spells c where c.tenant_id = 1 and c.integration_id = s.integration_id
          and c.source = s.source and c.kind <> 'late' and c.ended_at > $1 and c.began_at < $2))`,
    values: window,
    sizeOf: ({ sources }: Coverage) => sources.total - sources.complete,
    sizeOfRows: (rows) => rows.length,
  };
}

/** Who saw a day completely. */
export const coverage: Read[] = [{ name: 'coverage', p95AtMost: 250, ask: lastDay }];
