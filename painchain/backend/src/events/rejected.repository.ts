import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';

export interface RejectedRow {
  id: string;
  received_at: string;
  integration_id: string | null;
  code: string;
  detail: string;
  event: string;
}

const columns = `id, ${instantText('received_at')} as received_at,
  integration_id, code, detail`;

/** The items that were refused for good. */
@Injectable()
export class RejectedRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, those before an id. A long item is shown by its beginning. */
  async list(tenantId: number, before: string, count: number, characters: number): Promise<RejectedRow[]> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const { rows } = await sql.query<RejectedRow>({
          name: 'rejected-list',
          text: `select ${columns}, left(event, $4::integer) as event from rejected_events
                 where tenant_id = $1 and id < $2::bigint order by id desc limit $3`,
          values: [tenantId, before, count, characters],
        });
        return rows;
      },
      { readOnly: true },
    );
  }

  async find(tenantId: number, id: string): Promise<RejectedRow | undefined> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const { rows } = await sql.query<RejectedRow>({
          name: 'rejected-find',
          text: `select ${columns}, event from rejected_events where tenant_id = $1 and id = $2::bigint`,
          values: [tenantId, id],
        });
        return rows[0];
      },
      { readOnly: true },
    );
  }

  async remove(tenantId: number, id: string): Promise<void> {
    await this.database.inTenant(tenantId, (sql) =>
      sql.query({
        name: 'rejected-remove',
        text: 'delete from rejected_events where tenant_id = $1 and id = $2::bigint',
        values: [tenantId, id],
      }),
    );
  }
}
