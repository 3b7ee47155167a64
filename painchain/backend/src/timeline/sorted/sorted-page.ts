import { type Capped, limits } from '@painchain/contract';
import type { EventRecord } from '../../event-rows/timeline-row.js';
import { cappedByIndexing } from '../../query/indexing.js';
import { encodeLiveCursor } from '../live-cursor.js';
import type { LiveState } from '../live-state.js';
import type { Question } from '../page.js';
import type { Answer } from '../page-answer.js';
import type { FieldSort } from './sort.js';
import type { Sortable } from './sort-key.js';
import { encodeSortedCursor, type SortedCursor } from './sorted-cursor.js';

/** A page of events in the order of a field's values. */
export interface SortedPage extends Question {
  sort: FieldSort;
  cursor: SortedCursor | undefined;
}

export interface SortedRead<Row> {
  /** In the order of the sort. */
  rows: Row[];
  /** What the first and the last row are sorted by; undefined where there are none. */
  first: Sortable | undefined;
  last: Sortable | undefined;
  hasPrevious: boolean;
  hasNext: boolean;
  /** Why not all were sorted, and up to where they were. */
  stopped: { reason: 'rows' | 'time'; reached: string | null } | undefined;
  isIndexing: boolean;
  live: LiveState;
}

export function sortedAnswer<Record extends EventRecord, Row>(
  { sort, cursor }: SortedPage,
  { rows, first, last, hasPrevious, hasNext, live, ...read }: SortedRead<Record>,
  toRow: (record: Record) => Row,
): Answer<Row> {
  const next = last ?? (cursor && beside(cursor, 1n));
  const previous = first ?? (cursor && beside(cursor, -1n));
  return {
    rows: rows.map(toRow),
    next_cursor: hasNext && next ? encodeSortedCursor({ ...next, way: 'next' }, sort) : null,
    prev_cursor: hasPrevious && previous ? encodeSortedCursor({ ...previous, way: 'previous' }, sort) : null,
    live_cursor: encodeLiveCursor(live.now),
    capped: cappedOf(read),
  };
}

/** A page without rows leads back to where it was asked from: the row at the cursor itself must be part of that. */
function beside({ timestamp, seq, key }: SortedCursor, step: bigint): Sortable {
  const beside = BigInt(seq) + step;
  return { timestamp, key, seq: (beside < 0n ? 0n : beside).toString() };
}

function cappedOf({
  stopped,
  isIndexing,
}: Pick<SortedRead<unknown>, 'stopped' | 'isIndexing'>): Capped | null {
  if (!stopped) return isIndexing ? cappedByIndexing : null;
  const { reason, reached } = stopped;
  const why =
    reason === 'rows'
      ? `Only the newest ${limits.sortedRows.toLocaleString('en')} events are sorted`
      : 'There was no time to sort more events';
  const where = reached === null ? '' : `, back to ${reached}`;
  const detail = `${why}${where}. Narrow the time range or the query to sort all of them.`;
  return { reason, reached, detail };
}
