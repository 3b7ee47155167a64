import { Injectable } from '@nestjs/common';
import { type JsonObject, limits } from '@painchain/contract';
import { Clock } from '../config/clock.js';
import type { Sql } from '../database/sql.js';
import { LiveTailService } from '../timeline/live-tail.service.js';
import { EventsRepository } from './events.repository.js';
import { IngestMetrics } from './ingest-metrics.js';
import { judge } from './judge.js';
import { storableText } from './rejected-text.js';

/** The connector and project of what PainChain tells of itself. */
const own = 'painchain';

/** A change of PainChain's own configuration. */
export interface OwnEvent {
  type: string;
  title: string;
  /** The thing that changed: `integration/int_…`. */
  subject: string;
  data: JsonObject;
}

/**
 * Stores an event in the transaction of the change. Last in there: ingest locks integrations before counts, and so
 * must everybody.
 */
export type Tell = (sql: Sql, event: OwnEvent) => Promise<void>;

/** What PainChain itself did stands on the timeline beside everything else, from the instant at which it is so. */
@Injectable()
export class OwnEventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly clock: Clock,
    private readonly metrics: IngestMetrics,
    private readonly liveTail: LiveTailService,
  ) {}

  /** Runs work that changes something and tells of it, and lets the live tail know once that has committed. */
  async telling<T>(tenantId: number, work: (tell: Tell) => Promise<T>): Promise<T> {
    let told = 0;
    const result = await work(async (sql, event) => {
      await this.#store(sql, tenantId, event);
      told++;
    });
    if (told > 0) this.liveTail.hint(tenantId);
    return result;
  }

  async #store(sql: Sql, tenantId: number, event: OwnEvent): Promise<void> {
    // The database's clock, by which all else of the change is dated, too.
    const timestamp = await this.events.clock(sql);
    const now = this.clock.now();
    const bounds = { now, oldest: undefined, newest: new Date(now.getTime() + limits.futureSeconds * 1_000) };
    const key = `${event.subject}/${event.type}/${timestamp}`;
    const title = storableText(event.title, limits.title);
    const verdict = judge(
      { ...event, title, connector: own, project: own, timestamp, key },
      tenantId,
      bounds,
    );
    if ('refused' in verdict) throw new Error(`an event of our own is none: ${verdict.refused.detail}`);
    await this.events.store(sql, tenantId, null, [verdict.accepted]);
    this.metrics.count([{ status: 'stored' }]);
  }
}
