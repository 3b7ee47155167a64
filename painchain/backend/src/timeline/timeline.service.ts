import { Injectable } from '@nestjs/common';
import type { EventPage, StoredEvent, TimelinePage, TimelineQuery } from '@painchain/contract';
import { decodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { asQuery } from '../query/as-query.js';
import { cappedOf } from './capped-page.js';
import { decodeCursor, encodeCursor, type PageCursor } from './cursor.js';
import { encodeLiveCursor } from './live-cursor.js';
import type { Page, PageRead } from './page.js';
import { type EventRecord, toStoredEvent, toTimelineRow } from '../event-rows/timeline-row.js';
import { TimelineRepository } from './timeline.repository.js';

/** What has happened, newest first. */
@Injectable()
export class TimelineService {
  constructor(private readonly timeline: TimelineRepository) {}

  async page(tenantId: number, query: TimelineQuery): Promise<TimelinePage> {
    const page = pageOf(query);
    return toPage(page.cursor, await this.timeline.page(tenantId, page), toTimelineRow);
  }

  /** The same with full data. */
  async fullPage(tenantId: number, query: TimelineQuery): Promise<EventPage> {
    const page = pageOf(query);
    return toPage(page.cursor, await this.timeline.fullPage(tenantId, page), toStoredEvent);
  }

  async event(tenantId: number, id: string): Promise<StoredEvent> {
    const seq = decodeId('evt', id);
    const found = seq && (await this.timeline.find(tenantId, seq));
    if (!found) throw new ProblemError('not-found', 'There is no event with this id, or no longer.');
    return toStoredEvent(found);
  }
}

function pageOf({ from, to, cursor, limit, ...filter }: TimelineQuery): Page {
  if (
    from !== undefined &&
    to !== undefined &&
    Date.parse(from.toUpperCase()) >= Date.parse(to.toUpperCase())
  ) {
    throw new ProblemError('invalid', 'The time range is empty: from must be before to.', {
      errors: [{ pointer: '/from', detail: 'must be before to' }],
    });
  }
  return {
    query: asQuery(filter),
    from,
    to,
    cursor: cursor === undefined ? undefined : decodeCursor(cursor),
    limit,
  };
}

function toPage<Record extends EventRecord, Row>(
  cursor: PageCursor | undefined,
  read: PageRead<Record>,
  toRow: (record: Record) => Row,
): Omit<TimelinePage, 'rows'> & { rows: Row[] } {
  const { rows, goesOn, reached, live } = read;
  const direction = cursor?.direction ?? 'older';
  const isNewer = direction === 'newer';
  const records = isNewer ? rows.toReversed() : rows;
  const onward = reached ? encodeCursor({ direction, ...reached }) : undefined;
  // Where the cursor came from there are rows; where it leads to only if one more was found.
  const hasOlder = isNewer || goesOn;
  const hasNewer = isNewer ? goesOn : cursor !== undefined;
  const older = hasOlder ? encodeCursor(edge('older', records.at(-1), cursor)) : null;
  const newer = hasNewer ? encodeCursor(edge('newer', records[0], cursor)) : null;
  return {
    rows: records.map(toRow),
    next_cursor: isNewer ? older : (onward ?? older),
    prev_cursor: isNewer ? (onward ?? newer) : newer,
    live_cursor: encodeLiveCursor(live.now),
    capped: cappedOf(read, direction),
  };
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
