import { Injectable } from '@nestjs/common';
import type { StoredEvent, TimelineRow } from '@painchain/contract';
import { type EventRecord, toStoredEvent, toTimelineRow } from '../event-rows/timeline-row.js';
import { ProblemError } from '../problem/problem-error.js';
import { type AskedRows, questionOf, withFields } from './asked-page.js';
import { directionOf, type Page, type PageRead, type PageRecord } from './page.js';
import { TimelineRepository } from './timeline.repository.js';

export interface AskedAll extends AskedRows {
  order: Page['order'];
}

const pageRows = 500;

/**
 * All events of a question, page by page. Each page is a short transaction of its own, so that no snapshot has to be
 * held while somebody reads slowly. Each event comes once. Those that are stored after the start are left out; one
 * whose transaction was just being committed then may be in it or not.
 *
 * Pages may be empty: whoever has seen enough can stop between any two. Throws `invalid` before the first page, and
 * `unavailable` where not all can be found yet.
 */
@Injectable()
export class AllEventsService {
  constructor(private readonly timeline: TimelineRepository) {}

  rows(tenantId: number, asked: AskedAll): AsyncGenerator<TimelineRow[]> {
    return this.#all(tenantId, asked, toTimelineRow, (page) => this.timeline.page(tenantId, page));
  }

  /** The same with full data. */
  events(tenantId: number, asked: AskedAll): AsyncGenerator<StoredEvent[]> {
    return this.#all(tenantId, asked, toStoredEvent, (page) => this.timeline.fullPage(tenantId, page));
  }

  async *#all<Record extends EventRecord, Row extends TimelineRow>(
    tenantId: number,
    asked: AskedAll,
    toRow: (record: Record) => Row,
    read: (page: Page) => Promise<PageRead<PageRecord<Record>>>,
  ): AsyncGenerator<Row[]> {
    const question = questionOf(asked, pageRows);
    const toFullRow = withFields(question, toRow);
    const last = await this.timeline.lastSeq(tenantId);
    let page: Page | undefined = { ...question, order: asked.order, cursor: undefined };
    while (page) {
      const found: PageRead<PageRecord<Record>> | undefined = await unlessTooSlow(page, read);
      if (found?.isIndexing) throw indexing();
      if (found) yield found.rows.filter(({ seq }) => BigInt(seq) <= last).map(toFullRow);
      page = found ? pageAfter(page, found) : { ...page, limit: Math.ceil(page.limit / 4) };
    }
  }
}

/** Undefined for a page whose events are so large that there was no time for all of them. */
async function unlessTooSlow<Read>(
  page: Page,
  read: (page: Page) => Promise<Read>,
): Promise<Read | undefined> {
  try {
    return await read(page);
  } catch (error) {
    if (page.limit > 1 && error instanceof ProblemError && error.code === 'query-timeout') return undefined;
    throw error;
  }
}

function pageAfter(page: Page, read: PageRead<EventRecord>): Page | undefined {
  const { rows, goesOn, reached } = read;
  const place = reached ?? (goesOn ? rows.at(-1) : undefined);
  if (!place) return undefined;
  const { timestamp, seq } = place;
  const cursor = { direction: directionOf(page), timestamp, seq };
  return { ...page, cursor, limit: limitAfter(page, read) };
}

/** About as many as there was room for: what is read beyond that is read again for the next page. */
function limitAfter({ limit }: Page, { rows, goesOn }: PageRead<EventRecord>): number {
  const held = goesOn ? rows.length : limit;
  return Math.min(2 * held, pageRows);
}

function indexing(): ProblemError {
  const detail =
    'Text of older events is still being made searchable, so not all can be found yet. Try again later, or leave text out of the query.';
  return new ProblemError('unavailable', detail, { retryAfterSeconds: 60 });
}
