import { Injectable, Optional } from '@nestjs/common';
import { limits } from '@painchain/contract';
import { Database } from '../../database/database.js';
import { instantText } from '../../database/instant.js';
import type { Sql } from '../../database/sql.js';
import {
  type EventRecord,
  eventColumns,
  type FullEventRecord,
  rowColumns,
} from '../../event-rows/timeline-row.js';
import type { Bind } from '../../query/bind.js';
import { isIndexing } from '../../query/indexing.js';
import { walk } from '../../query/walk.js';
import { columnSql } from '../columns/column-sql.js';
import type { WrittenValue } from '../columns/column-value.js';
import { readLiveState } from '../live-state.js';
import type { PageRecord } from '../page.js';
import type { PageColumns } from '../page-sql.js';
import { readFound, readOptions, walkMs } from '../reading.js';
import { keyCharacters, keyOf, type Sortable, sortOrder } from './sort-key.js';
import type { SortedPage, SortedRead } from './sorted-page.js';

/** Pages of the newest matching events in the order of a field's values. */
@Injectable()
export class SortedRepository {
  /** `budgetMs`: how long events may be collected. */
  constructor(
    private readonly database: Database,
    @Optional() private readonly budgetMs: number = walkMs,
  ) {}

  page(tenantId: number, page: SortedPage): Promise<SortedRead<PageRecord>> {
    return this.#page<EventRecord>(tenantId, page, { name: 'rows', sql: rowColumns, withData: false });
  }

  fullPage(tenantId: number, page: SortedPage): Promise<SortedRead<PageRecord<FullEventRecord>>> {
    return this.#page<FullEventRecord>(tenantId, page, { name: 'events', sql: eventColumns, withData: true });
  }

  #page<Row extends EventRecord>(
    tenantId: number,
    page: SortedPage,
    columns: PageColumns,
  ): Promise<SortedRead<PageRecord<Row>>> {
    const read = async (sql: Sql) => {
      const live = await readLiveState(sql);
      const { all, stopped } = await collect(sql, tenantId, page, this.budgetMs);
      const wanted = around(all.sort(sortOrder(page.sort.isDescending)), page);
      const rows = await readFound<Row>(
        sql,
        tenantId,
        columns,
        page,
        wanted.nearest.map(({ seq }) => seq),
      );
      return {
        ...cutTo(rows, wanted),
        stopped,
        isIndexing: await isIndexing(sql, tenantId, page.query),
        live,
      };
    };
    return this.database.inTenant(tenantId, read, readOptions);
  }
}

interface Collected {
  /** Newest first. */
  all: Sortable[];
  stopped: SortedRead<unknown>['stopped'];
}

interface CollectedRecord {
  seq: string;
  timestamp: string;
  value: WrittenValue;
}

/** The newest matching events, as many as are sorted, and whether there are more. */
async function collect(sql: Sql, tenantId: number, page: SortedPage, budgetMs: number): Promise<Collected> {
  const wanted = limits.sortedRows + 1;
  const all: Sortable[] = [];
  const { end, reached } = await walk<CollectedRecord>(
    sql,
    {
      tenantId,
      query: page.query,
      range: { from: page.from, to: page.to },
      order: 'newest',
      budgetMs,
      wanted,
      columns: {},
      select: (bind) => newestSql(page, wanted, bind),
    },
    (found) => {
      for (const { seq, timestamp, value } of found) all.push({ seq, timestamp, key: keyOf(value) });
      return all.length >= wanted ? 'enough' : 'more';
    },
  );
  const isFull = all.length > limits.sortedRows;
  const sorted = all.slice(0, limits.sortedRows);
  if (isFull) return { all: sorted, stopped: { reason: 'rows', reached: sorted.at(-1)?.timestamp ?? null } };
  const isLate = end === 'time';
  return { all, stopped: isLate ? { reason: 'time', reached: reached?.timestamp ?? null } : undefined };
}

// Values are read of what is taken only: a step may find many more.
const newestSql = ({ sort }: SortedPage, wanted: number, bind: Bind) => `
  select e.seq, ${instantText('e.timestamp')} as timestamp, ${columnSql(sort.field, keyCharacters, bind)} as value
  from (select timestamp, seq from hits order by timestamp desc, seq desc limit ${bind(wanted, 'bigint')}) newest
  join events e on e.tenant_id = $1 and e.seq = newest.seq
  order by newest.timestamp desc, newest.seq desc`;

/** The part of all that is the page. */
interface Around {
  /** Those next to the cursor first. */
  nearest: Sortable[];
  goesBack: boolean;
  hasBefore: boolean;
  hasAfter: boolean;
}

function around(sorted: readonly Sortable[], { sort, cursor, limit }: SortedPage): Around {
  if (!cursor) {
    const nearest = sorted.slice(0, limit);
    return { nearest, goesBack: false, hasBefore: false, hasAfter: sorted.length > limit };
  }
  const compare = sortOrder(sort.isDescending);
  const before = sorted.findLastIndex((each) => compare(each, cursor) < 0) + 1;
  const after = sorted.findIndex((each) => compare(each, cursor) > 0);
  const from = cursor.way === 'next' ? (after === -1 ? sorted.length : after) : Math.max(before - limit, 0);
  const to = cursor.way === 'next' ? Math.min(from + limit, sorted.length) : before;
  const nearest = sorted.slice(from, to);
  const goesBack = cursor.way === 'previous';
  return {
    nearest: goesBack ? nearest.reverse() : nearest,
    goesBack,
    hasBefore: from > 0,
    hasAfter: to < sorted.length,
  };
}

type Cut<Row> = Pick<SortedRead<Row>, 'rows' | 'first' | 'last' | 'hasPrevious' | 'hasNext'>;

/** Rows whose data was too much for one page are left to the next. */
function cutTo<Row>(rows: Row[], { nearest, goesBack, hasBefore, hasAfter }: Around): Cut<Row> {
  const isCut = rows.length < nearest.length;
  const kept = nearest.slice(0, rows.length);
  const [first, last] = goesBack ? [kept.at(-1), kept[0]] : [kept[0], kept.at(-1)];
  return {
    rows: goesBack ? rows.toReversed() : rows,
    first,
    last,
    hasPrevious: hasBefore || (goesBack && isCut),
    hasNext: hasAfter || (!goesBack && isCut),
  };
}
