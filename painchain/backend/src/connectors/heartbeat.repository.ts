import { Injectable } from '@nestjs/common';
import type { CommandResult, Drift, Heartbeat, SourceStatus, Trouble } from '@painchain/contract';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import { commandSeconds, leaseSeconds, untoldSeconds } from './timing.js';

/** The process that speaks, and the type of integrations that it may touch. */
export interface Speaker {
  tenantId: number;
  id: string;
  type: string;
  instanceId: string;
  state: Heartbeat['state'];
}

/** An integration among those of all tenants. */
export interface IntegrationKey {
  tenantId: number;
  id: string;
}

export interface ReportedLease {
  id: string;
  epoch: number;
  trouble: Trouble | null;
  drift: Drift | null;
}

export interface SourceReport {
  integration: IntegrationKey;
  sources: SourceStatus[];
  /** There are more than these. */
  partial: boolean;
  /** What sources there are can be told from these: some are named, or it is certain that there are none. */
  tellsOfAll: boolean;
}

export interface SentCommand {
  id: string;
  kind: 'test' | 'sync';
  integrationId: string;
}

/** What a heartbeat writes. Connectors work for all tenants, so each statement says which type it may touch. */
@Injectable()
export class HeartbeatRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.acrossTenants(work);
  }

  async find(sql: Sql, tenantId: number, id: string): Promise<Speaker | undefined> {
    const { rows } = await sql.query<Speaker>({
      name: 'connector-find',
      text: `select tenant_id as "tenantId", id, type, instance_id as "instanceId", state
               from connectors where tenant_id = $1 and id = $2`,
      values: [tenantId, id],
    });
    return rows[0];
  }

  async touch(sql: Sql, { tenantId, id }: Speaker, state: Heartbeat['state']): Promise<void> {
    await sql.query({
      name: 'connector-touch',
      text: 'update connectors set last_heartbeat = now(), state = $3 where tenant_id = $1 and id = $2',
      values: [tenantId, id, state],
    });
  }

  /**
   * Renews the leases that are still this connector's and answers with them. Even one that has run out: the
   * same epoch means that nobody else has had it. Rows are locked in one order, so heartbeats never deadlock.
   */
  async renew(sql: Sql, { id, type }: Speaker, leases: ReportedLease[]): Promise<IntegrationKey[]> {
    const { rows } = await sql.query<IntegrationKey>({
      name: 'heartbeat-renew',
      text: `with locked as (
               select i.tenant_id, i.id, g.trouble, g.drift
                 from jsonb_to_recordset($3::jsonb) as g(id bigint, epoch bigint, trouble jsonb, drift jsonb)
                 join integrations i on i.id = g.id and i.epoch = g.epoch
                where i.type = $2 and i.lease_connector_id = $1 and i.enabled
                order by i.tenant_id, i.id for update of i)
             update integrations i
                set lease_until = now() + make_interval(secs => $4), last_heartbeat = now(), trouble = l.trouble,
                    drift = l.drift
               from locked l where i.tenant_id = l.tenant_id and i.id = l.id
             returning i.tenant_id as "tenantId", i.id`,
      values: [id, type, JSON.stringify(leases), leaseSeconds],
    });
    return rows;
  }

  /**
   * Keeps how the sources of these integrations do. A source that is no longer reported has no state and is gone; of
   * those that are reported in parts, that takes a while to tell. No promise reaches further than an interval from now,
   * or falls behind what a look that has come since then promised: a connector's clock may be wrong.
   */
  async reportSources(sql: Sql, reports: SourceReport[]): Promise<void> {
    const statuses = reports.flatMap(({ integration, sources }) =>
      sources.map((status) => ({
        tenant_id: integration.tenantId,
        integration_id: integration.id,
        source: status.source,
        project: status.project,
        status,
        ...promiseOf(status),
        trouble: troubleOf(status),
      })),
    );
    await sql.query({
      name: 'heartbeat-sources',
      text: `insert into sources (tenant_id, integration_id, source, project, status, due_at, interval_seconds, trouble)
             select g.tenant_id, g.integration_id, g.source, g.project, g.status,
                    least(g.due_at, now() + make_interval(secs => g.interval_seconds)), g.interval_seconds, g.trouble
               from jsonb_to_recordset($1::jsonb)
                 as g(tenant_id integer, integration_id bigint, source text, project text, status jsonb,
                      due_at timestamptz, interval_seconds double precision, trouble text)
              order by 1, 2, 3
             on conflict (tenant_id, integration_id, source) do update
               set status = excluded.status, project = coalesce(excluded.project, sources.project), updated_at = now(),
                   gone_at = null,
                   due_at = case when excluded.status ->> 'state' <> 'healthy' then sources.due_at
                                 when excluded.due_at is not null
                                 then least(greatest(excluded.due_at, sources.due_at),
                                            now() + make_interval(secs => excluded.interval_seconds)) end,
                   interval_seconds = case when excluded.status ->> 'state' <> 'healthy' then sources.interval_seconds
                                           else excluded.interval_seconds end,
                   trouble = case when excluded.status ->> 'state' = 'healthy' then null
                                  else coalesce(excluded.trouble, sources.trouble) end
             where sources.status is distinct from excluded.status
                or sources.updated_at < now() - make_interval(secs => $2)`,
      values: [JSON.stringify(statuses), untoldSeconds / 2],
    });
    await this.forgetSources(sql, reports);
  }

  private async forgetSources(sql: Sql, reports: SourceReport[]): Promise<void> {
    const telling = reports.filter(({ tellsOfAll }) => tellsOfAll);
    if (telling.length === 0) return;
    const keys = telling.map(({ integration, sources, partial }) => ({
      tenant_id: integration.tenantId,
      id: integration.id,
      partial,
      // Those of a part were told just now, so their time tells them from the forgotten.
      sources: partial ? [] : sources.map(({ source }) => source),
    }));
    await sql.query({
      name: 'heartbeat-forget-sources',
      text: `update sources s set status = null, gone_at = now()
               from jsonb_to_recordset($1::jsonb)
                 as g(tenant_id integer, id bigint, partial boolean, sources text[])
              where s.tenant_id = g.tenant_id and s.integration_id = g.id
                and s.gone_at is null and s.source <> all(g.sources)
                and (not g.partial or s.updated_at < now() - make_interval(secs => $2))`,
      values: [JSON.stringify(keys), untoldSeconds],
    });
  }

  async releaseAll(sql: Sql, { id, type }: Speaker): Promise<void> {
    await sql.query({
      name: 'heartbeat-release-all',
      text: `update integrations set lease_connector_id = null, lease_until = null
              where type = $2 and lease_connector_id = $1`,
      values: [id, type],
    });
  }

  async finishCommands(
    sql: Sql,
    { type }: Speaker,
    results: { id: string; ok: boolean; steps: CommandResult['steps'] }[],
  ): Promise<void> {
    await sql.query({
      name: 'heartbeat-finish-commands',
      text: `update commands c
                set status = case when g.ok then 'succeeded' else 'failed' end, steps = g.steps, finished_at = now()
               from jsonb_to_recordset($2::jsonb) as g(id bigint, ok boolean, steps jsonb), integrations i
              where c.id = g.id and c.status in ('queued', 'sent')
                and i.tenant_id = c.tenant_id and i.id = c.integration_id and i.type = $1`,
      values: [type, JSON.stringify(results)],
    });
  }

  /** Commands are told with every heartbeat until they are answered: the last answer may have been lost. */
  async takeCommands(sql: Sql, integrations: IntegrationKey[]): Promise<SentCommand[]> {
    const { rows } = await sql.query<SentCommand>({
      name: 'heartbeat-take-commands',
      text: `update commands c set status = 'sent'
               from jsonb_to_recordset($1::jsonb) as g("tenantId" integer, id bigint)
              where c.tenant_id = g."tenantId" and c.integration_id = g.id
                and c.status in ('queued', 'sent') and c.created_at > now() - make_interval(secs => $2)
             returning c.id, c.kind, c.integration_id as "integrationId"`,
      values: [JSON.stringify(integrations), commandSeconds],
    });
    return rows;
  }
}

/**
 * When a source is to be looked at next: what a troubled one says is only when it is tried again, and one that was
 * looked at since then, as a watch is, promises nothing by it.
 */
function promiseOf({ state, last_sync, next_sync }: SourceStatus): object {
  if (state !== 'healthy' || last_sync === null || next_sync === null) return {};
  const seconds = (Date.parse(next_sync) - Date.parse(last_sync)) / 1_000;
  return seconds > 0 ? { due_at: next_sync, interval_seconds: seconds } : {};
}

/** What keeps a source from being seen; one that does well may tell of an event that was left out. */
function troubleOf({ state, trouble }: SourceStatus): string | null {
  return state === 'failing' || state === 'action_required' ? (trouble?.detail ?? null) : null;
}
