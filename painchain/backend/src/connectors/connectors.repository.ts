import { Injectable } from '@nestjs/common';
import type { ConnectorRegistration, ConnectorView } from '@painchain/contract';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';
import { encodeId } from '../database/opaque-id.js';
import { silentSeconds } from './timing.js';

const mostListed = 1_000;

@Injectable()
export class ConnectorsRepository {
  constructor(private readonly database: Database) {}

  /** Adds the process, or brings it up to date when the instance is known, and gives its id. */
  async register(tenantId: number, { instance_id, type, version }: ConnectorRegistration): Promise<string> {
    return this.database.inTenant(tenantId, async (sql) => {
      await sql.query({
        name: 'connector-forget',
        text: `delete from connectors where tenant_id = $1 and last_heartbeat < now() - interval '30 days'`,
        values: [tenantId],
      });
      const { rows } = await sql.query<{ id: string }>({
        name: 'connector-register',
        text: `insert into connectors (tenant_id, instance_id, type, version) values ($1, $2, $3, $4)
               on conflict (tenant_id, instance_id) do update
                 set type = excluded.type, version = excluded.version, state = 'running', last_heartbeat = now()
               returning id`,
        values: [tenantId, instance_id, type, version],
      });
      const [row] = rows;
      if (!row) throw new Error('an upsert gave no row back');
      return encodeId('con', row.id);
    });
  }

  /** The processes that were heard of within a day, the latest first. */
  async list(tenantId: number): Promise<ConnectorView[]> {
    const { rows } = await this.database.inTenant(
      tenantId,
      (sql) =>
        sql.query<ConnectorView>({
          name: 'connector-list',
          text: `select c.id, c.type, c.version,
                        case when c.state <> 'stopped' and c.last_heartbeat < now() - make_interval(secs => $3)
                             then 'silent' else c.state end as state,
                        ${instantText('c.registered_at')} as registered_at,
                        ${instantText('c.last_heartbeat')} as last_heartbeat,
                        (select count(*)::int from integrations i
                          where i.tenant_id = $1 and i.lease_connector_id = c.id and i.lease_until > now()) as leases
                   from connectors c
                  where c.tenant_id = $1 and c.last_heartbeat > now() - interval '1 day'
                  order by c.last_heartbeat desc, c.id desc limit $2`,
          values: [tenantId, mostListed, silentSeconds],
        }),
      { readOnly: true },
    );
    return rows.map((row) => ({ ...row, id: encodeId('con', row.id) }));
  }
}
