import type { Query } from '@painchain/query';
import type { EventRecord } from '../event-rows/timeline-row.js';
import type { Place } from '../query/walk.js';
import type { Column } from './columns/column.js';
import type { WrittenValue } from './columns/column-value.js';
import type { Direction, PageCursor } from './cursor.js';
import type { LiveState } from './live-state.js';

/** Whose events are asked for, and what of them. `from` is included, `to` is not. */
export interface Question {
  query: Query;
  from: string | undefined;
  to: string | undefined;
  /** What rows have beside their own columns. */
  columns: readonly Column[];
  limit: number;
}

/** A page of events in the order of time. */
export interface Page extends Question {
  /** Which come first. */
  order: 'newest' | 'oldest';
  cursor: PageCursor | undefined;
}

/** A row of a page, with the written values of its added columns if there are any. */
export type PageRecord<Row extends EventRecord = EventRecord> = Row & { fields?: readonly WrittenValue[] };

/** Rows in the direction of the page. */
export interface PageRead<Row> {
  rows: Row[];
  /** Whether there are more in that direction. */
  goesOn: boolean;
  /** Where the time was over: beyond it there may be more. */
  reached?: Place | undefined;
  /** Whether text of older events is still being made searchable, and the page asked for text. */
  isIndexing: boolean;
  live: LiveState;
}

const onward = { newest: 'older', oldest: 'newer' } as const;

/** Where a page goes from its cursor, or from its beginning. */
export function directionOf({ order, cursor }: Pick<Page, 'order' | 'cursor'>): Direction {
  return cursor?.direction ?? onward[order];
}

/** Whether it goes on in the order of the answer, and not back. */
export function isOnward(page: Pick<Page, 'order' | 'cursor'>): boolean {
  return directionOf(page) === onward[page.order];
}
