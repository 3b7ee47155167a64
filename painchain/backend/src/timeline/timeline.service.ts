import { Injectable } from '@nestjs/common';
import type { EventPage, StoredEvent, TimelinePage, TimelineQuery, TimelineRow } from '@painchain/contract';
import { decodeId } from '../database/opaque-id.js';
import { type EventRecord, toStoredEvent, toTimelineRow } from '../event-rows/timeline-row.js';
import { ProblemError } from '../problem/problem-error.js';
import { questionOf, withFields } from './asked-page.js';
import { decodeCursor } from './cursor.js';
import type { Page, PageRead, PageRecord } from './page.js';
import { type Answer, pageAnswer } from './page-answer.js';
import { readSort } from './sorted/sort.js';
import { decodeSortedCursor } from './sorted/sorted-cursor.js';
import { sortedAnswer, type SortedPage, type SortedRead } from './sorted/sorted-page.js';
import { SortedRepository } from './sorted/sorted.repository.js';
import { TimelineRepository } from './timeline.repository.js';

/** What has happened, newest first or as it is asked for. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly timeline: TimelineRepository,
    private readonly sorted: SortedRepository,
  ) {}

  page(tenantId: number, asked: TimelineQuery): Promise<TimelinePage> {
    return answer(asked, toTimelineRow, {
      inTime: (page) => this.timeline.page(tenantId, page),
      sorted: (page) => this.sorted.page(tenantId, page),
    });
  }

  /** The same with full data. */
  fullPage(tenantId: number, asked: TimelineQuery): Promise<EventPage> {
    return answer(asked, toStoredEvent, {
      inTime: (page) => this.timeline.fullPage(tenantId, page),
      sorted: (page) => this.sorted.fullPage(tenantId, page),
    });
  }

  async event(tenantId: number, id: string): Promise<StoredEvent> {
    const seq = decodeId('evt', id);
    const found = seq && (await this.timeline.find(tenantId, seq));
    if (!found) throw new ProblemError('not-found', 'There is no event with this id, or no longer.');
    return toStoredEvent(found);
  }
}

interface Reads<Record extends EventRecord> {
  inTime: (page: Page) => Promise<PageRead<PageRecord<Record>>>;
  sorted: (page: SortedPage) => Promise<SortedRead<PageRecord<Record>>>;
}

async function answer<Record extends EventRecord, Row extends TimelineRow>(
  asked: TimelineQuery,
  toRow: (record: Record) => Row,
  read: Reads<Record>,
): Promise<Answer<Row>> {
  const question = questionOf(asked, asked.limit);
  const sort = readSort(asked.sort);
  const toFullRow = withFields(question, toRow);
  if (sort.kind === 'time') {
    const { order } = sort;
    const cursor = asked.cursor === undefined ? undefined : decodeCursor(asked.cursor, order);
    const page = { ...question, order, cursor };
    return pageAnswer(page, await read.inTime(page), toFullRow);
  }
  const cursor = asked.cursor === undefined ? undefined : decodeSortedCursor(asked.cursor, sort);
  const page = { ...question, sort, cursor };
  return sortedAnswer(page, await read.sorted(page), toFullRow);
}
