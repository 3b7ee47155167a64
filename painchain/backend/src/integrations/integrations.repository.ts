import { Injectable } from '@nestjs/common';
import { type Drift, type JsonObject, limits, type SourceStatus, type Trouble } from '@painchain/contract';
import { heartbeatSeconds } from '../connectors/connectors.service.js';
import { Database } from '../database/database.js';
import { isTaken } from '../database/failure.js';
import { instantText } from '../database/instant.js';
import type { Sql } from '../database/sql.js';
import { orphaned, stopped } from './orphaned-sql.js';

/** An integration and all that is known of how it does; without its secrets. */
export interface ShownIntegration {
  id: string;
  type: string;
  name: string;
  group: string | null;
  config: JsonObject;
  enabled: boolean;
  file: string | null;
  orphaned: boolean;
  stopped: boolean;
  trouble: Trouble | null;
  drift: Drift | null;
  registeredAt: string;
  updatedAt: string;
  lastHeartbeat: string | null;
  heartbeatAgeSeconds: number | null;
  connectorId: string | null;
  sources: SourceStatus[];
  missedLooks: number | null;
  lastSync: string | null;
  lastEventAt: string | null;
  nowMs: number;
}

/** How many events an integration brought in, hour by hour since `from`. */
export interface IntegrationHours {
  from: string;
  id: string | null;
  hours: number[];
}

/** An integration as it is stored, locked until the transaction ends. */
export interface StoredIntegration {
  id: string;
  type: string;
  name: string;
  group: string | null;
  enabled: boolean;
  configPublic: JsonObject;
  configSealed: string;
  filePath: string | null;
  fileInstanceId: string | null;
  orphaned: boolean;
}

/** What is stored of a changed integration. */
export type ChangedIntegration = Pick<
  StoredIntegration,
  'id' | 'name' | 'group' | 'enabled' | 'configPublic' | 'configSealed' | 'fileInstanceId'
>;

/** Another integration of the type has this name. The transaction can only be given up. */
export class NameTakenError extends Error {
  override readonly name = 'NameTakenError';
}

const shown = `
  select i.id, i.type, i.name, i.group_name as "group", i.config_public as config, i.enabled, i.file_path as file,
         ${orphaned} as orphaned, ${stopped} as stopped, i.trouble, i.drift,
         ${instantText('i.registered_at')} as "registeredAt", ${instantText('i.updated_at')} as "updatedAt",
         ${instantText('i.last_heartbeat')} as "lastHeartbeat",
         extract(epoch from now() - i.last_heartbeat)::float8 as "heartbeatAgeSeconds",
         case when i.lease_until > now() then i.lease_connector_id end as "connectorId",
         coalesce(s.sources, '[]') as sources, s.missed_looks as "missedLooks",
         ${instantText('s.last_sync')} as "lastSync",
         ${instantText('s.last_event_at')} as "lastEventAt",
         extract(epoch from now())::float8 * 1000 as "nowMs"
    from integrations i
    left join lateral (
      select jsonb_agg(s.status || jsonb_build_object(
                 'watermark', coalesce(${instantText('s.watermark')}, s.status ->> 'watermark'),
                 'last_sync', coalesce(${instantText('s.last_sync')}, s.status ->> 'last_sync')) order by s.source)
               filter (where s.status is not null) as sources,
             max(extract(epoch from now() - s.due_at)::float8 / greatest(s.interval_seconds, ${heartbeatSeconds}))
               filter (where s.status ->> 'state' in ('healthy', 'late')) as missed_looks,
             max(s.last_sync) as last_sync, max(p.last_event_at) as last_event_at
        from sources s
        left join projects p on p.tenant_id = s.tenant_id and p.connector = i.type and p.name = s.project
       where s.tenant_id = i.tenant_id and s.integration_id = i.id) s on true`;

const stored = `
  select i.id, i.type, i.name, i.group_name as "group", i.enabled, i.config_public as "configPublic",
         i.config_sealed as "configSealed", i.file_path as "filePath", i.file_instance_id as "fileInstanceId",
         ${orphaned} as orphaned
    from integrations i`;

// A row for each integration; a single one without an id when there is none.
const activity = `
  with first as (select date_bin('1 hour', now(), '0001-01-01Z') - interval '23 hours' as hour)
  select ${instantText('first.hour')} as "from", i.id, array(
      select coalesce(known.count, 0)::integer from generate_series(0, 23) as n
      left join integration_hours as known on known.tenant_id = i.tenant_id and known.integration_id = i.id
        and known.hour = first.hour + n * interval '1 hour'
      order by n) as hours
    from first left join integrations i on i.tenant_id = $1 order by i.type, i.name limit $2`;

@Injectable()
export class IntegrationsRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(tenantId: number, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenantId, work);
  }

  async list(tenantId: number): Promise<ShownIntegration[]> {
    const { rows } = await this.database.inTenant(
      tenantId,
      (sql) =>
        sql.query<ShownIntegration>({
          name: 'integration-list',
          text: `${shown} where i.tenant_id = $1 order by i.type, i.name limit $2`,
          values: [tenantId, limits.integrations],
        }),
      { readOnly: true },
    );
    return rows;
  }

  async find(tenantId: number, id: string): Promise<ShownIntegration | undefined> {
    const { rows } = await this.database.inTenant(
      tenantId,
      (sql) =>
        sql.query<ShownIntegration>({
          name: 'integration-find',
          text: `${shown} where i.tenant_id = $1 and i.id = $2`,
          values: [tenantId, id],
        }),
      { readOnly: true },
    );
    return rows[0];
  }

  async activity(tenantId: number): Promise<IntegrationHours[]> {
    const { rows } = await this.database.inTenant(
      tenantId,
      (sql) =>
        sql.query<IntegrationHours>({
          name: 'integration-activity',
          text: activity,
          values: [tenantId, limits.integrations],
        }),
      { readOnly: true },
    );
    return rows;
  }

  async lock(sql: Sql, tenantId: number, id: string): Promise<StoredIntegration | undefined> {
    const { rows } = await sql.query<StoredIntegration>({
      name: 'integration-lock',
      text: `${stored} where i.tenant_id = $1 and i.id = $2 for update of i`,
      values: [tenantId, id],
    });
    return rows[0];
  }

  async lockByName(
    sql: Sql,
    tenantId: number,
    type: string,
    name: string,
  ): Promise<StoredIntegration | undefined> {
    const { rows } = await sql.query<StoredIntegration>({
      name: 'integration-lock-by-name',
      text: `${stored} where i.tenant_id = $1 and i.type = $2 and i.name = $3 for update of i`,
      values: [tenantId, type, name],
    });
    return rows[0];
  }

  /** Reserves the row, since a configuration is sealed for its id. Undefined when the name is taken. */
  async reserve(
    sql: Sql,
    tenantId: number,
    {
      type,
      name,
      file,
    }: { type: string; name: string; file: { path: string; instance_id: string } | undefined },
  ): Promise<string | undefined> {
    const { rows } = await sql.query<{ id: string }>({
      name: 'integration-reserve',
      text: `insert into integrations (tenant_id, type, name, file_path, file_instance_id, config_public, config_sealed)
             values ($1, $2, $3, $4, $5, '{}', '') on conflict (tenant_id, type, name) do nothing returning id`,
      values: [tenantId, type, name, file?.path ?? null, file?.instance_id ?? null],
    });
    return rows[0]?.id;
  }

  /**
   * Stores a change and takes the lease away, so that nobody goes on by what it was before. A new instance of
   * a file alone is no update of it. Throws NameTakenError.
   */
  async save(sql: Sql, tenantId: number, changed: ChangedIntegration, isUpdate: boolean): Promise<void> {
    const { id, name, group, enabled, configPublic, configSealed, fileInstanceId } = changed;
    const saving = sql.query({
      name: 'integration-save',
      text: `update integrations
                set name = $3, group_name = $4, enabled = $5, config_public = $6, config_sealed = $7,
                    file_instance_id = $8, epoch = epoch + 1, lease_connector_id = null, lease_until = null,
                    trouble = case when $9 then null else trouble end, drift = null,
                    updated_at = case when $9 then now() else updated_at end
              where tenant_id = $1 and id = $2`,
      values: [
        tenantId,
        id,
        name,
        group,
        enabled,
        JSON.stringify(configPublic),
        configSealed,
        fileInstanceId,
        isUpdate,
      ],
    });
    // Asking beforehand would not see who takes the name at the same moment.
    await saving.catch((error: unknown) => {
      throw isTaken(error) ? new NameTakenError() : error;
    });
    if (isUpdate) await this.clearTroubles(sql, tenantId, id);
  }

  /** What its sources ran into was by the configuration that it had. */
  private async clearTroubles(sql: Sql, tenantId: number, id: string): Promise<void> {
    await sql.query({
      name: 'integration-clear-troubles',
      text: `update sources set status = status || '{"state": "starting", "trouble": null}'
              where tenant_id = $1 and integration_id = $2 and jsonb_typeof(status -> 'trouble') = 'object'`,
      values: [tenantId, id],
    });
  }

  async remove(sql: Sql, tenantId: number, id: string): Promise<void> {
    await sql.query({
      name: 'integration-remove',
      text: 'delete from integrations where tenant_id = $1 and id = $2',
      values: [tenantId, id],
    });
  }
}
