import { Injectable } from '@nestjs/common';
import type { TimelineQuery } from '@painchain/contract';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import type { PageCursor } from './cursor.js';
import { type LiveState, readLiveState } from './live-state.js';
import { type PageColumns, pageStatement } from './page-sql.js';
import { type EventRecord, eventColumns, type FullEventRecord, rowColumns } from './timeline-row.js';

/** Rows in the order of the cursor's direction. */
export interface PageRead<Row> {
  rows: Row[];
  /** Whether there are more in that direction. */
  goesOn: boolean;
  live: LiveState;
}

const timeoutMs = 3_000;

/** The joined reads of events: pages and single events. */
@Injectable()
export class TimelineRepository {
  constructor(private readonly database: Database) {}

  page(tenantId: number, query: TimelineQuery, cursor?: PageCursor): Promise<PageRead<EventRecord>> {
    return this.#page(tenantId, { name: 'rows', sql: rowColumns, withData: false }, query, cursor);
  }

  fullPage(tenantId: number, query: TimelineQuery, cursor?: PageCursor): Promise<PageRead<FullEventRecord>> {
    return this.#page(tenantId, { name: 'events', sql: eventColumns, withData: true }, query, cursor);
  }

  async find(tenantId: number, seq: string): Promise<FullEventRecord | undefined> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const { rows } = await sql.query<FullEventRecord>({
          name: 'event-find',
          text: `select ${eventColumns}, e.data from events e where e.tenant_id = $1 and e.seq = $2::bigint`,
          values: [tenantId, seq],
        });
        return rows[0];
      },
      { readOnly: true },
    );
  }

  // One snapshot for the page and for where the live tail takes over, or an event could fall between them.
  #page<Row extends EventRecord>(
    tenantId: number,
    columns: PageColumns,
    query: TimelineQuery,
    cursor: PageCursor | undefined,
  ): Promise<PageRead<Row>> {
    const read = async (sql: Sql) => {
      const { rows: read } = await sql.query<Row & { data?: unknown }>(
        pageStatement(tenantId, columns, query, cursor),
      );
      const rows = read.slice(0, query.limit).filter(({ data }) => data !== null);
      return { rows, goesOn: read.length > rows.length, live: await readLiveState(sql) };
    };
    return this.database.inTenant(tenantId, read, {
      isolation: 'repeatable read',
      readOnly: true,
      timeoutMs,
    });
  }
}
