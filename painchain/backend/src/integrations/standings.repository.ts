import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { orphaned } from './orphaned-sql.js';
import type { IntegrationStanding } from './standings.service.js';

@Injectable()
export class StandingsRepository {
  constructor(private readonly database: Database) {}

  async list(tenantId: number): Promise<IntegrationStanding[]> {
    const { rows } = await this.database.inTenant(
      tenantId,
      (sql) =>
        sql.query<IntegrationStanding>({
          name: 'integration-standings',
          text: `select i.id, i.type, i.name, i.enabled, ${orphaned} as orphaned, i.trouble ->> 'detail' as trouble,
                        floor(extract(epoch from i.last_heartbeat) * 1000)::float8 as "lastHeartbeatMs",
                        exists (select from sources s
                                 where s.tenant_id = i.tenant_id and s.integration_id = i.id and s.gone_at is null
                               ) as "hasSources"
                   from integrations i where i.tenant_id = $1 order by lower(i.name), i.type`,
          values: [tenantId],
        }),
      { readOnly: true },
    );
    return rows;
  }
}
