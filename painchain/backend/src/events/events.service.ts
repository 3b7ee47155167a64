import { Injectable } from '@nestjs/common';
import type { BatchAnswer, EventAnswer, EventBatch, ItemResult } from '@painchain/contract';
import { limits } from '@painchain/contract';
import { Clock } from '../config/clock.js';
import { LeaseService } from '../connectors/lease.service.js';
import type { Sql } from '../database/sql.js';
import { ProblemError } from '../problem/problem-error.js';
import { RetentionService } from '../retention/retention.service.js';
import { LiveTailService } from '../timeline/live-tail.service.js';
import { EventsRepository } from './events.repository.js';
import { Gate } from './gate.js';
import { firstOfEachKey, identity, type Outcomes, resultsOf } from './ingest-plan.js';
import { IngestMetrics } from './ingest-metrics.js';
import { type Accepted, type Judge, judge, type TimeBounds, type Verdict } from './judge.js';
import { rejectedText } from './rejected-text.js';

interface Ingest {
  results: ItemResult[];
  outcomes: Outcomes;
  sources: BatchAnswer['sources'];
}

/** For whom events are stored. */
interface Origin {
  integrationId?: string | null;
  lease?: EventBatch['lease'];
  sources?: EventBatch['sources'];
}

// Half of the pool's connections at most, so that readers find one.
const runningMax = 8;
const waitingMax = 32;

/** Takes events in. What it has answered is committed. */
@Injectable()
export class EventsService {
  readonly #gate = new Gate(runningMax, waitingMax);

  constructor(
    private readonly events: EventsRepository,
    private readonly leases: LeaseService,
    private readonly retention: RetentionService,
    private readonly clock: Clock,
    private readonly metrics: IngestMetrics,
    private readonly liveTail: LiveTailService,
  ) {}

  /** Takes one event. Throws `invalid` with pointers when it is refused; nothing is kept of it then. */
  async takeOne(
    tenantId: number,
    item: unknown,
    integrationId: string | null = null,
    by: Judge = judge,
  ): Promise<EventAnswer> {
    const verdict = by(item, tenantId, this.#bounds());
    if ('refused' in verdict) {
      this.metrics.count([{ status: 'rejected' }]);
      const { code, errors } = verdict.refused;
      throw new ProblemError(
        code === 'too_large' ? 'too-large' : 'invalid',
        `The event can not be stored (${code}).`,
        { errors },
      );
    }
    const { results, outcomes } = await this.#ingest(tenantId, [item], [verdict], { integrationId });
    const [result] = results;
    const outcome = outcomes.get(identity(verdict.accepted));
    if (!result?.event_id || !outcome) throw new Error('an event was neither stored nor found');
    return {
      event_id: result.event_id,
      stored_at: outcome.stored_at,
      ...(outcome.known && { duplicate: true }),
      ...(result.detail !== undefined && { detail: result.detail }),
    };
  }

  /** Takes a batch: each event has its own result, and all that is stored commits together with the cursors. */
  async takeBatch(
    tenantId: number,
    { events, lease, sources }: Pick<EventBatch, 'events' | 'lease' | 'sources'>,
    by: Judge = judge,
  ): Promise<BatchAnswer> {
    const bounds = this.#bounds();
    const verdicts = events.map((item) => by(item, tenantId, bounds));
    const ingest = await this.#ingest(tenantId, events, verdicts, { lease, sources });
    return { results: ingest.results, sources: ingest.sources };
  }

  async #ingest(
    tenantId: number,
    items: readonly unknown[],
    verdicts: readonly Verdict[],
    { integrationId: given = null, lease, sources = [] }: Origin,
  ): Promise<Ingest> {
    const firsts = firstOfEachKey(verdicts);
    const refused = verdicts.flatMap((verdict, index) =>
      'refused' in verdict
        ? [{ code: verdict.refused.code, detail: verdict.refused.detail, event: rejectedText(items[index]) }]
        : [],
    );
    const ingest = await this.#gate.run(() =>
      this.events.inTransaction(tenantId, async (sql) => {
        const held = lease && (await this.leases.fence(sql, tenantId, lease));
        const integrationId = held?.integrationId ?? given;
        const outcomes = await this.#store(sql, tenantId, integrationId, firsts);
        if (refused.length > 0) await this.events.keepRejected(sql, tenantId, integrationId, refused);
        // Last, so that the cursors of busy sources are locked for as short as can be.
        const moved =
          held && (await this.leases.advanceSources(sql, tenantId, held.integrationId, sources, held.type));
        return { results: resultsOf(verdicts, outcomes), outcomes, sources: moved ?? [] };
      }),
    );
    this.metrics.count(ingest.results);
    if (ingest.results.some(({ status }) => status === 'stored')) this.liveTail.hint(tenantId);
    return ingest;
  }

  async #store(
    sql: Sql,
    tenantId: number,
    integrationId: string | null,
    firsts: ReadonlyMap<string, Accepted>,
  ): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    const unsettled = () => [...firsts.values()].filter((event) => !outcomes.has(identity(event)));
    if (firsts.size === 0) return outcomes;
    for (const row of await this.events.store(sql, tenantId, integrationId, unsettled())) {
      outcomes.set(identity(row), { known: false, ...row });
    }
    if (outcomes.size === firsts.size) return outcomes;
    for (const row of await this.events.findKnown(sql, tenantId, unsettled())) {
      outcomes.set(identity(row), { known: true, ...row });
    }
    return outcomes;
  }

  #bounds(): TimeBounds {
    const now = this.clock.now();
    return {
      now,
      oldest: this.retention.oldestAllowed(),
      newest: new Date(now.getTime() + limits.futureSeconds * 1_000),
    };
  }
}
