import { Injectable } from '@nestjs/common';
import type { EventPage, StoredEvent, TimelinePage, TimelineQuery } from '@painchain/contract';
import { decodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { decodeCursor, encodeCursor, type PageCursor } from './cursor.js';
import { encodeLiveCursor } from './live-cursor.js';
import { type EventRecord, toStoredEvent, toTimelineRow } from './timeline-row.js';
import { type PageRead, TimelineRepository } from './timeline.repository.js';

/** What has happened, newest first. */
@Injectable()
export class TimelineService {
  constructor(private readonly timeline: TimelineRepository) {}

  async page(tenantId: number, query: TimelineQuery): Promise<TimelinePage> {
    const cursor = cursorOf(query);
    return toPage(cursor, await this.timeline.page(tenantId, query, cursor), toTimelineRow);
  }

  /** The same with full data. */
  async fullPage(tenantId: number, query: TimelineQuery): Promise<EventPage> {
    const cursor = cursorOf(query);
    return toPage(cursor, await this.timeline.fullPage(tenantId, query, cursor), toStoredEvent);
  }

  async event(tenantId: number, id: string): Promise<StoredEvent> {
    const seq = decodeId('evt', id);
    const found = seq && (await this.timeline.find(tenantId, seq));
    if (!found) throw new ProblemError('not-found', 'There is no event with this id, or no longer.');
    return toStoredEvent(found);
  }
}

function cursorOf({ from, to, cursor }: TimelineQuery): PageCursor | undefined {
  if (
    from !== undefined &&
    to !== undefined &&
    Date.parse(from.toUpperCase()) >= Date.parse(to.toUpperCase())
  ) {
    throw new ProblemError('invalid', 'The time range is empty: from must be before to.', {
      errors: [{ pointer: '/from', detail: 'must be before to' }],
    });
  }
  return cursor === undefined ? undefined : decodeCursor(cursor);
}

function toPage<Record extends EventRecord, Row>(
  cursor: PageCursor | undefined,
  { rows, goesOn, live }: PageRead<Record>,
  toRow: (record: Record) => Row,
): { rows: Row[]; next_cursor: string | null; prev_cursor: string | null; live_cursor: string } {
  const isNewer = cursor?.direction === 'newer';
  const records = isNewer ? rows.toReversed() : rows;
  // Where the cursor came from there are rows; where it leads to only if one more was found.
  const hasOlder = isNewer || goesOn;
  const hasNewer = isNewer ? goesOn : cursor !== undefined;
  return {
    rows: records.map(toRow),
    next_cursor: hasOlder ? encodeCursor(edge('older', records.at(-1), cursor)) : null,
    prev_cursor: hasNewer ? encodeCursor(edge('newer', records[0], cursor)) : null,
    live_cursor: encodeLiveCursor(live.now),
  };
}

/** The cursor of a page's edge. A page whose rows were all removed leads back to where it was asked from. */
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
