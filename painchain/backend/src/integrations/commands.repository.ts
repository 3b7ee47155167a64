import { Injectable } from '@nestjs/common';
import type { CommandView } from '@painchain/contract';
import { commandSeconds, leaseSeconds, silentSeconds } from '../connectors/connectors.service.js';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';
import type { Sql } from '../database/sql.js';

export interface Reachability {
  type: string;
  enabled: boolean;
  /** Whether a connector that was heard of lately holds its lease, or may take it. */
  reachable: boolean;
}

const view = `id, kind, status, steps, ${instantText('created_at')} as created_at,
  ${instantText('finished_at')} as finished_at`;

@Injectable()
export class CommandsRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(tenantId: number, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenantId, work);
  }

  // Heartbeats renew leases, so a lease tells when its holder was last heard of, whichever tenant that belongs to.
  async reachability(sql: Sql, tenantId: number, integrationId: string): Promise<Reachability | undefined> {
    const { rows } = await sql.query<Reachability>({
      name: 'command-reachability',
      text: `select i.type, i.enabled, coalesce(i.lease_until > now() + make_interval(secs => $4), false) or exists (
                      select from connectors c
                       where c.tenant_id = i.tenant_id and c.type = i.type and c.state = 'running'
                         and c.last_heartbeat > now() - make_interval(secs => $3)
                         and (i.file_instance_id is null or c.instance_id = i.file_instance_id)) as reachable
               from integrations i where i.tenant_id = $1 and i.id = $2 for update of i`,
      values: [tenantId, integrationId, silentSeconds, leaseSeconds - silentSeconds],
    });
    return rows[0];
  }

  /** Commands that nobody answered in time have failed, and say what to do. */
  async expire(sql: Sql, tenantId: number, integrationId: string): Promise<void> {
    const step = {
      name: 'Reach the connector',
      ok: false,
      detail: 'No connector answered in time.',
      remedy: 'See whether the connector runs, and what its log says.',
    };
    await sql.query({
      name: 'command-expire',
      text: `update commands set status = 'failed', finished_at = now(), steps = $4
              where tenant_id = $1 and integration_id = $2 and status in ('queued', 'sent')
                and created_at <= now() - make_interval(secs => $3)`,
      values: [tenantId, integrationId, commandSeconds, JSON.stringify([step])],
    });
  }

  /** The command of that kind which is still under way; asking twice does nothing twice. */
  async pending(
    sql: Sql,
    tenantId: number,
    integrationId: string,
    kind: CommandView['kind'],
  ): Promise<CommandView | undefined> {
    const { rows } = await sql.query<CommandView>({
      name: 'command-pending',
      text: `select ${view} from commands
              where tenant_id = $1 and integration_id = $2 and kind = $3 and status in ('queued', 'sent')
              order by id limit 1`,
      values: [tenantId, integrationId, kind],
    });
    return rows[0];
  }

  async queue(
    sql: Sql,
    tenantId: number,
    integrationId: string,
    kind: CommandView['kind'],
  ): Promise<CommandView> {
    const { rows } = await sql.query<CommandView>({
      name: 'command-queue',
      text: `insert into commands (tenant_id, integration_id, kind) values ($1, $2, $3) returning ${view}`,
      values: [tenantId, integrationId, kind],
    });
    const [row] = rows;
    if (!row) throw new Error('an insert gave no row back');
    return row;
  }

  async find(
    sql: Sql,
    tenantId: number,
    integrationId: string,
    id: string,
  ): Promise<CommandView | undefined> {
    const { rows } = await sql.query<CommandView>({
      name: 'command-find',
      text: `select ${view} from commands where tenant_id = $1 and integration_id = $2 and id = $3`,
      values: [tenantId, integrationId, id],
    });
    return rows[0];
  }
}
