import { CoverageInterval, SourceStatus, type Trouble } from '@painchain/contract';
import { instant } from '../clock.js';
import type { Source } from '../connector.js';
import type { DeliveryTrouble } from '../delivery/delivery.js';
import type { SourceError } from '../source-error.js';
import { cutText, storableText } from '../storable/storable-text.js';
import { intervalMs } from './interval.js';
import { troubleOf } from './trouble.js';

const keptIntervals = 40;
const lateAfterIntervals = 3;
const lateAfterAtLeastMs = 120_000;

type ActedTrouble = Trouble & { action: boolean };

/** A trouble that goes on keeps the instant at which it began. */
function goingOn(before: ActedTrouble | undefined, trouble: ActedTrouble): ActedTrouble {
  return before?.code === trouble.code ? { ...trouble, since: before.since } : trouble;
}

/**
 * How one source is doing, as it is told with every heartbeat: how far it has seen, and what keeps it. What a
 * source reports wrongly is left out: a heartbeat that the backend refuses would cost all leases.
 */
export class SourceHealth {
  #lastSync: number | undefined;
  #lastBegan: number | undefined;
  #nextSync: number | undefined;
  #failure: ActedTrouble | undefined;
  #waiting: ActedTrouble | undefined;
  #poison: Trouble | undefined;
  #progress: SourceStatus['progress'] = null;
  #rateLimit: SourceStatus['rate_limit'] = null;
  readonly #intervals: CoverageInterval[] = [];

  constructor(
    private readonly source: Source,
    private watermark: string | null,
  ) {}

  pageStored(watermark: string | undefined, now: number): void {
    this.watermark = watermark ?? this.watermark;
    // A watching source's run doesn't end, so each page is a sign that it works.
    if (this.source.watches) this.succeeded(now);
  }

  succeeded(now: number, began = now): void {
    this.#lastSync = now;
    this.#lastBegan = began;
    this.#failure = undefined;
  }

  failed(error: SourceError, now: number): void {
    const trouble = { ...troubleOf(error, instant(now)), action: error.kind === 'configuration' };
    this.#failure = goingOn(this.#failure, trouble);
  }

  waiting(trouble: DeliveryTrouble | undefined, now: number): void {
    this.#waiting =
      trouble && goingOn(this.#waiting, { ...troubleOf(trouble, instant(now)), action: trouble.action });
  }

  poisoned(title: string, detail: string, now: number): void {
    this.#poison = troubleOf(
      {
        code: 'event-left-out',
        detail: `The backend can't take "${cutText(title, 200)}": ${detail}`,
        remedy: "All other events are delivered. The connector's log names the event; please report it.",
      },
      instant(now),
    );
  }

  /** @param at undefined while a watching source's run goes on: its next one begins when nobody knows */
  scheduled(at: number | undefined): void {
    this.#nextSync = at;
  }

  progress(progress: SourceStatus['progress'] | undefined): void {
    this.#progress = SourceStatus.shape.progress.safeParse(progress ?? null).data ?? null;
  }

  rateLimit(limit: NonNullable<SourceStatus['rate_limit']>): void {
    this.#rateLimit = SourceStatus.shape.rate_limit.safeParse(limit).data ?? null;
  }

  /** What is not seen in time is not said here: the backend knows up to where all was seen, and a dead process says nothing. */
  coverage(interval: CoverageInterval): void {
    const reason =
      interval.reason === undefined ? {} : { reason: cutText(storableText(interval.reason), 500) };
    const checked = CoverageInterval.safeParse({ ...interval, ...reason });
    if (checked.success) this.#intervals.push(checked.data);
    this.#intervals.splice(0, this.#intervals.length - keptIntervals);
  }

  /** In a word what is worth telling at once when it has changed: the state, and the code of the trouble. */
  kind(now: number): string {
    return `${this.state(now)} ${(this.#trouble ?? this.#poison)?.code ?? ''}`;
  }

  state(now: number): SourceStatus['state'] {
    if (this.#trouble?.action) return 'action_required';
    if (this.#trouble) return 'failing';
    if (this.#lastSync === undefined) return 'starting';
    return now - this.#lastSync > this.#lateAfterMs() ? 'late' : 'healthy';
  }

  status(now: number): SourceStatus {
    const { action: _, ...trouble } = this.#trouble ?? { action: false };
    const seen = this.watermark === null ? undefined : Date.parse(this.watermark);
    return {
      source: this.source.name,
      project: cutText(storableText(this.source.project), 300),
      state: this.state(now),
      watermark: this.watermark,
      // From beginning to beginning: else one that takes long would seem to promise to come again at once.
      last_sync: this.#lastBegan === undefined ? null : instant(this.#lastBegan),
      next_sync: this.#nextSync === undefined ? null : instant(this.#nextSync),
      lag_seconds: seen === undefined ? null : Math.max(0, (now - seen) / 1000),
      rate_limit: this.#rateLimit,
      progress: this.#progress,
      trouble: 'code' in trouble ? trouble : (this.#poison ?? null),
      intervals: [...this.#intervals],
    };
  }

  get #trouble(): ActedTrouble | undefined {
    return this.#waiting ?? this.#failure;
  }

  #lateAfterMs(): number {
    return Math.max(lateAfterIntervals * intervalMs(this.source), lateAfterAtLeastMs);
  }
}
