import { Injectable } from '@nestjs/common';
import type { JsonValue, Trouble } from '@painchain/contract';
import { instantText } from '../database/instant.js';
import type { Sql } from '../database/sql.js';
import type { IntegrationKey, Speaker } from './heartbeat.repository.js';
import { leaseSeconds, silentSeconds } from './timing.js';

export interface ClaimedIntegration extends IntegrationKey {
  epoch: number;
  tenant: string;
  name: string;
  group: string | null;
  sealed: string;
}

export interface StoredCursor {
  integrationId: string;
  source: string;
  cursor: JsonValue;
  version: number;
  watermark: string | null;
}

// What a file manages belongs to the instance that brought it; everything else is shared by all of the type.
const shareOfOne = `
  (select count(*) from integrations where type = $2 and enabled and file_path is null)::float8
  / greatest(1, (select count(*) from connectors where type = $2 and state = 'running'
                    and last_heartbeat > now() - make_interval(secs => ${silentSeconds})))`;

@Injectable()
export class LeaseClaimsRepository {
  /** The shared leases that a connector holds beyond its fair part, always the same ones. */
  async surplus(sql: Sql, { id, type }: Speaker): Promise<string[]> {
    const { rows } = await sql.query<{ id: string }>({
      name: 'lease-surplus',
      text: `select id from integrations
              where lease_connector_id = $1 and type = $2 and file_path is null and lease_until > now()
              order by tenant_id, id offset ceil(${shareOfOne})::bigint`,
      values: [id, type],
    });
    return rows.map((row) => row.id);
  }

  /** How many more shared leases a connector may take, so that others of its type get their part. */
  async room(sql: Sql, { id, type }: Speaker): Promise<number> {
    const { rows } = await sql.query<{ room: number }>({
      name: 'lease-room',
      text: `select greatest(0, ceil(${shareOfOne}) -
                      (select count(*) from integrations where lease_connector_id = $1 and type = $2
                          and file_path is null and lease_until > now()))::float8 as room`,
      values: [id, type],
    });
    return rows[0]?.room ?? 0;
  }

  async release(sql: Sql, { id, type }: Speaker, leases: { id: string; epoch: number }[]): Promise<void> {
    await sql.query({
      name: 'lease-release',
      text: `update integrations i set lease_connector_id = null, lease_until = null
               from jsonb_to_recordset($3::jsonb) as g(id bigint, epoch bigint)
              where i.id = g.id and i.epoch = g.epoch and i.type = $2 and i.lease_connector_id = $1`,
      values: [id, type, JSON.stringify(leases)],
    });
  }

  /** Takes what a file of this very instance manages. */
  claimOwn(sql: Sql, speaker: Speaker, limit: number): Promise<ClaimedIntegration[]> {
    return this.claim(sql, speaker, limit, 'own');
  }

  /** Takes shared integrations, in turn from the tenants of which the fewest are being worked through. */
  claimShared(sql: Sql, speaker: Speaker, limit: number): Promise<ClaimedIntegration[]> {
    return this.claim(sql, speaker, limit, 'shared');
  }

  private async claim(
    sql: Sql,
    { tenantId, id, type, instanceId }: Speaker,
    limit: number,
    whose: 'own' | 'shared',
  ): Promise<ClaimedIntegration[]> {
    const free = `i.type = $2 and i.enabled and coalesce(i.lease_until < now(), true) and ${
      whose === 'own' ? 'i.tenant_id = $5 and i.file_instance_id = $6' : 'i.file_path is null'
    }`;
    const { rows } = await sql.query<ClaimedIntegration>({
      name: `lease-claim-${whose}`,
      // The rows are looked at twice: whoever was faster may have taken one between ranking and locking.
      text: `with busy as (
               select tenant_id, count(*) as leases from integrations
                where type = $2 and lease_until > now() group by tenant_id),
             ranked as (
               select i.tenant_id, i.id, coalesce(b.leases, 0) + row_number() over (
                        partition by i.tenant_id order by i.lease_until nulls first, i.id) as turn
                 from integrations i left join busy b using (tenant_id) where ${free}),
             picked as (
               select i.tenant_id, i.id from ranked r join integrations i using (tenant_id, id)
                where ${free}
                order by r.turn, i.lease_until nulls first, i.tenant_id, i.id
                limit $3 for update of i skip locked)
             update integrations i
                set epoch = i.epoch + 1, lease_connector_id = $1, lease_until = now() + make_interval(secs => $4)
               from picked p join tenants t on t.id = p.tenant_id
              where i.tenant_id = p.tenant_id and i.id = p.id
             returning i.tenant_id as "tenantId", i.id, i.epoch::float8 as epoch, t.slug as tenant, i.name,
                       i.group_name as "group", i.config_sealed as sealed`,
      values: [id, type, limit, leaseSeconds, ...(whose === 'own' ? [tenantId, instanceId] : [])],
    });
    return rows;
  }

  async cursors(sql: Sql, integrations: IntegrationKey[]): Promise<StoredCursor[]> {
    const { rows } = await sql.query<StoredCursor>({
      name: 'lease-cursors',
      text: `select s.integration_id as "integrationId", s.source, s.cursor, s.version,
                    ${instantText('s.watermark')} as watermark
               from jsonb_to_recordset($1::jsonb) as g("tenantId" integer, id bigint)
               join sources s on s.tenant_id = g."tenantId" and s.integration_id = g.id
              where s.version > 0 order by s.integration_id, s.source`,
      values: [JSON.stringify(integrations.map(({ tenantId, id }) => ({ tenantId, id })))],
    });
    return rows;
  }

  /** Sets an integration aside for the time of a lease, with a word on why it can't be worked through. */
  async setAside(sql: Sql, { tenantId, id }: IntegrationKey, trouble: Trouble): Promise<void> {
    await sql.query({
      name: 'lease-set-aside',
      text: `update integrations set lease_connector_id = null, trouble = $3
              where tenant_id = $1 and id = $2`,
      values: [tenantId, id, JSON.stringify(trouble)],
    });
  }
}
