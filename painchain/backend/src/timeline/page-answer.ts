import type { TimelinePage } from '@painchain/contract';
import type { EventRecord } from '../event-rows/timeline-row.js';
import { cappedOf } from './capped-page.js';
import { encodeCursor, type PageCursor } from './cursor.js';
import { encodeLiveCursor } from './live-cursor.js';
import { directionOf, isOnward, type Page, type PageRead } from './page.js';

export type Answer<Row> = Omit<TimelinePage, 'rows'> & { rows: Row[] };

/** What a page of the timeline answers, with cursors both ways. */
export function pageAnswer<Record extends EventRecord, Row>(
  page: Page,
  read: PageRead<Record>,
  toRow: (record: Record) => Row,
): Answer<Row> {
  const { rows, goesOn, live } = read;
  const goesOnward = isOnward(page);
  const records = goesOnward ? rows : rows.toReversed();
  // Where the cursor came from there are rows; where it leads to only if one more was found.
  const hasNext = goesOnward ? goesOn : true;
  const hasPrevious = goesOnward ? page.cursor !== undefined : goesOn;
  const [ahead, back] =
    page.order === 'newest' ? (['older', 'newer'] as const) : (['newer', 'older'] as const);
  const next = hasNext ? encodeCursor(edge(ahead, records.at(-1), page.cursor), page.order) : null;
  const previous = hasPrevious ? encodeCursor(edge(back, records[0], page.cursor), page.order) : null;
  const beyond = placeBeyond(page, read);
  return {
    rows: records.map(toRow),
    next_cursor: (goesOnward && beyond) || next,
    prev_cursor: (!goesOnward && beyond) || previous,
    live_cursor: encodeLiveCursor(live.now),
    capped: cappedOf(read, goesOnward ? 'next_cursor' : 'prev_cursor'),
  };
}

/** From where the time was over. */
function placeBeyond(page: Page, { reached }: PageRead<unknown>): string | undefined {
  return reached && encodeCursor({ direction: directionOf(page), ...reached }, page.order);
}

/** The cursor of a page's edge. A page without rows leads back to where it was asked from. */
function edge(
  direction: PageCursor['direction'],
  record: EventRecord | undefined,
  cursor: PageCursor | undefined,
): PageCursor {
  if (record) return { direction, timestamp: record.timestamp, seq: record.seq };
  if (!cursor) throw new Error('an empty first page has no edges');
  // The row at the cursor itself must be part of the page that leads back.
  const seq = BigInt(cursor.seq) + (direction === 'older' ? 1n : -1n);
  return { direction, timestamp: cursor.timestamp, seq: (seq < 0n ? 0n : seq).toString() };
}
