import { Injectable, Optional } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import { isIndexing } from '../query/indexing.js';
import { type Route, routeOf } from '../query/route.js';
import { walk } from '../query/walk.js';
import { readLiveState } from './live-state.js';
import type { Page, PageRead } from './page.js';
import { directStatement, foundStatement, isDirect, type PageColumns } from './page-sql.js';
import {
  type EventRecord,
  eventColumns,
  type FullEventRecord,
  rowColumns,
} from '../event-rows/timeline-row.js';

// No question takes longer than two seconds; a first step that does is a problem that says so.
const timeoutMs = 1_900;
const walkMs = 1_500;

/** The joined reads of events: pages and single events. */
@Injectable()
export class TimelineRepository {
  /** `budgetMs`: how long a page may be looked for. */
  constructor(
    private readonly database: Database,
    @Optional() private readonly budgetMs: number = walkMs,
  ) {}

  page(tenantId: number, page: Page): Promise<PageRead<EventRecord>> {
    return this.#page(tenantId, { name: 'rows', sql: rowColumns, withData: false }, page);
  }

  fullPage(tenantId: number, page: Page): Promise<PageRead<FullEventRecord>> {
    return this.#page(tenantId, { name: 'events', sql: eventColumns, withData: true }, page);
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
  #page<Row extends EventRecord>(tenantId: number, columns: PageColumns, page: Page): Promise<PageRead<Row>> {
    const route = routeOf(page.query);
    const read = async (sql: Sql) => {
      const live = await readLiveState(sql);
      const found = isDirect(route)
        ? await readDirect<Row>(sql, tenantId, columns, route, page)
        : await this.#walk<Row>(sql, tenantId, columns, page);
      return { ...found, isIndexing: await isIndexing(sql, tenantId, page.query), live };
    };
    return this.database.inTenant(tenantId, read, {
      isolation: 'repeatable read',
      readOnly: true,
      timeoutMs,
    });
  }

  async #walk<Row extends EventRecord>(
    sql: Sql,
    tenantId: number,
    columns: PageColumns,
    page: Page,
  ): Promise<FoundRows<Row>> {
    const { query, from, to, cursor, limit } = page;
    const [order, direction] =
      cursor?.direction === 'newer' ? (['oldest', 'asc'] as const) : (['newest', 'desc'] as const);
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
    if (seqs.length === 0) return { rows: [], goesOn: false, reached: end === 'time' ? reached : undefined };
    const statement = foundStatement(tenantId, columns, seqs.slice(0, limit), page);
    const rows = withoutCut((await sql.query<Row & { data?: unknown }>(statement)).rows);
    const goesOn = seqs.length > rows.length;
    return { rows, goesOn, reached: end === 'time' && !goesOn ? reached : undefined };
  }
}

type FoundRows<Row> = Pick<PageRead<Row>, 'rows' | 'goesOn' | 'reached'>;

async function readDirect<Row extends EventRecord>(
  sql: Sql,
  tenantId: number,
  columns: PageColumns,
  route: Route,
  page: Page,
): Promise<FoundRows<Row>> {
  const statement = directStatement(tenantId, columns, route, page);
  const { rows: read } = await sql.query<Row & { data?: unknown }>(statement);
  const rows = withoutCut(read.slice(0, page.limit));
  return { rows, goesOn: read.length > rows.length };
}

/** Rows whose data was too much for one page have none. */
function withoutCut<Row extends { data?: unknown }>(rows: Row[]): Row[] {
  return rows.filter(({ data }) => data !== null);
}
