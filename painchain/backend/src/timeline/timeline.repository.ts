import { Injectable, Optional } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import {
  type EventRecord,
  eventColumns,
  type FullEventRecord,
  rowColumns,
} from '../event-rows/timeline-row.js';
import { isIndexing } from '../query/indexing.js';
import { type Route, routeOf } from '../query/route.js';
import { walk } from '../query/walk.js';
import { readLiveState } from './live-state.js';
import { directionOf, type Page, type PageRead, type PageRecord } from './page.js';
import { directStatement, isDirect, type PageColumns } from './page-sql.js';
import { readFound, readOptions, walkMs, withoutCut } from './reading.js';

/** The joined reads of events: pages and single events. */
@Injectable()
export class TimelineRepository {
  /** `budgetMs`: how long a page may be looked for. */
  constructor(
    private readonly database: Database,
    @Optional() private readonly budgetMs: number = walkMs,
  ) {}

  page(tenantId: number, page: Page): Promise<PageRead<PageRecord>> {
    return this.#page<EventRecord>(tenantId, { name: 'rows', sql: rowColumns, withData: false }, page);
  }

  fullPage(tenantId: number, page: Page): Promise<PageRead<PageRecord<FullEventRecord>>> {
    return this.#page<FullEventRecord>(tenantId, { name: 'events', sql: eventColumns, withData: true }, page);
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

  /** The number of the event that was stored last; 0 where there is none. */
  async lastSeq(tenantId: number): Promise<bigint> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const { rows } = await sql.query<{ seq: string }>({
          name: 'event-last',
          text: 'select seq from events where tenant_id = $1 order by seq desc limit 1',
          values: [tenantId],
        });
        return BigInt(rows[0]?.seq ?? 0);
      },
      { readOnly: true },
    );
  }

  #page<Row extends EventRecord>(
    tenantId: number,
    columns: PageColumns,
    page: Page,
  ): Promise<PageRead<PageRecord<Row>>> {
    const route = routeOf(page.query);
    const read = async (sql: Sql) => {
      const live = await readLiveState(sql);
      const found = isDirect(route)
        ? await readDirect<Row>(sql, tenantId, columns, route, page)
        : await this.#walk<Row>(sql, tenantId, columns, page);
      return { ...found, isIndexing: await isIndexing(sql, tenantId, page.query), live };
    };
    return this.database.inTenant(tenantId, read, readOptions);
  }

  async #walk<Row extends EventRecord>(
    sql: Sql,
    tenantId: number,
    columns: PageColumns,
    page: Page,
  ): Promise<FoundRows<Row>> {
    const { query, from, to, cursor, limit } = page;
    const [order, direction] =
      directionOf(page) === 'newer' ? (['oldest', 'asc'] as const) : (['newest', 'desc'] as const);
    const wanted = limit + 1;
    const seqs: string[] = [];
    const { end, reached } = await walk<{ seq: string }>(
      sql,
      {
        tenantId,
        query,
        range: { from, to },
        order,
        after: cursor,
        budgetMs: this.budgetMs,
        wanted,
        columns: {},
        select: (bind) =>
          `select seq from hits order by timestamp ${direction}, seq ${direction} limit ${bind(wanted, 'bigint')}`,
      },
      (found) => (seqs.push(...found.map(({ seq }) => seq)) >= wanted ? 'enough' : 'more'),
    );
    const rows = await readFound<Row>(sql, tenantId, columns, page, seqs.slice(0, limit));
    const goesOn = seqs.length > rows.length;
    return { rows, goesOn, reached: end === 'time' && !goesOn ? reached : undefined };
  }
}

type FoundRows<Row extends EventRecord> = Pick<PageRead<PageRecord<Row>>, 'rows' | 'goesOn' | 'reached'>;

async function readDirect<Row extends EventRecord>(
  sql: Sql,
  tenantId: number,
  columns: PageColumns,
  route: Route,
  page: Page,
): Promise<FoundRows<Row>> {
  const statement = directStatement(tenantId, columns, route, page);
  const { rows: read } = await sql.query<PageRecord<Row> & { data?: unknown }>(statement);
  const rows = withoutCut(read.slice(0, page.limit));
  return { rows, goesOn: read.length > rows.length };
}
