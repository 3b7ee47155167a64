import { type JsonValue, type SourceProgress, Timestamp, limits } from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import { type Clock, instant } from '../clock.js';
import type { Collect, Page, Source, SourceEvent, Translation } from '../connector.js';
import type { Delivery } from '../delivery/delivery.js';
import { LeaseLostError } from '../delivery/lease-lost-error.js';
import type { ConnectorMetrics } from '../metrics.js';
import { SourceError, asSourceError } from '../source-error.js';
import { storableEvent } from '../storable/storable-event.js';
import { jsonBytes } from '../storable/storable-json.js';
import { cutText, isBlank, storableText } from '../storable/storable-text.js';
import { fullJitter } from './backoff.js';
import { Bell } from './bell.js';
import type { Limiter } from './limiter.js';
import { SourceHealth } from './source-health.js';

const configurationPauseMs = 60_000;

/** What all sources of an integration share. */
export interface RunnerHost {
  connectorType: string;
  delivery: Delivery;
  limiter: Limiter;
  clock: Clock;
  log: Logger;
  metrics: ConnectorMetrics;
  /** Aborted to stop: no new page is begun, what is being delivered is delivered. */
  stop: AbortSignal;
  /** Aborted to drop everything at once. */
  drop: AbortSignal;
  /** Called when the state of a source has changed, which is worth telling at once. */
  changed(): void;
}

/** Where a source stands, as the lease told it. */
export interface SourcePosition {
  cursor: JsonValue;
  version: number;
  watermark: string | null;
}

/** Runs one source on its schedule, stores its pages in order and keeps an eye on its health. */
export class SourceRunner {
  readonly health: SourceHealth;
  readonly #bell = new Bell();
  readonly #log: Logger;
  #position: SourcePosition;
  #failures = 0;
  #runs: (() => void)[] = [];

  constructor(
    readonly source: Source,
    position: SourcePosition,
    private readonly host: RunnerHost,
  ) {
    this.#position = position;
    this.#log = host.log.child({ source: source.name });
    this.health = new SourceHealth(source, position.watermark, host.clock.now());
  }

  /** Runs until it is stopped. @throws LeaseLostError, and nothing else. */
  async run(): Promise<void> {
    try {
      await this.#runOnSchedule();
    } finally {
      // Whoever waits for a run that won't come any more is let go.
      this.#runs.splice(0).forEach((done) => done());
    }
  }

  async #runOnSchedule(): Promise<void> {
    const { clock, stop } = this.host;
    while (!stop.aborted) {
      const began = clock.now();
      const before = this.health.state(began);
      const failure = await this.#once();
      if (stop.aborted) return;
      this.#runs.splice(0).forEach((done) => done());
      const pause = this.#pauseAfter(began, failure);
      this.health.scheduled(clock.now() + pause);
      if (this.health.state(clock.now()) !== before) this.host.changed();
      await this.#bell.sleep(clock, pause, stop).catch(() => undefined);
    }
  }

  /** Runs now instead of when it is due, and resolves when that run has ended. */
  sync(): Promise<void> {
    const done = new Promise<void>((resolve) => this.#runs.push(resolve));
    this.#bell.ring();
    return done;
  }

  async #once(): Promise<SourceError | undefined> {
    const { clock, limiter, metrics, stop } = this.host;
    let leave: () => void = () => undefined;
    const began = clock.now();
    try {
      if (!this.source.watches) leave = await limiter.enter(stop);
      for await (const page of this.source.collect(this.#collect())) {
        if (stop.aborted) return undefined;
        await this.#store(page);
      }
      stop.throwIfAborted();
      this.health.succeeded(clock.now());
      this.#failures = 0;
      metrics.runs.inc({ outcome: 'success' });
      return undefined;
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      if (stop.aborted) return undefined;
      return this.#failed(error);
    } finally {
      leave();
      this.health.progress(undefined);
      metrics.runSeconds.observe((clock.now() - began) / 1000);
    }
  }

  #failed(thrown: unknown): SourceError {
    const error = asSourceError(thrown);
    this.#failures += 1;
    this.health.failed(error, this.host.clock.now());
    this.host.metrics.runs.inc({ outcome: error.kind });
    const { code, detail, remedy } = error;
    // Only what nobody foresaw needs its stack.
    if (code === 'unexpected') this.#log.error({ err: error.cause }, 'a source failed unexpectedly');
    else this.#log.warn({ code, detail, remedy }, 'a source failed');
    return error;
  }

  #pauseAfter(began: number, failure: SourceError | undefined): number {
    const { clock } = this.host;
    const around = (ms: number) => ms * (0.95 + 0.1 * clock.random());
    if (!failure) {
      const interval = around(this.source.intervalSeconds * 1000);
      // A clock that was set back meanwhile must not make the pause longer.
      return Math.max(1_000, interval - Math.max(0, clock.now() - began));
    }
    const asked = failure.retryAfterMs ?? 0;
    if (failure.kind === 'configuration') return Math.max(asked, around(configurationPauseMs));
    return asked + fullJitter(this.#failures - 1, () => clock.random());
  }

  #collect(): Collect {
    const { clock, stop } = this.host;
    return {
      cursor: this.#position.cursor,
      watermark: this.#position.watermark,
      signal: stop,
      log: this.#log,
      now: () => clock.now(),
      sleep: (ms) => clock.sleep(ms, stop),
      take: (translation) => this.#take(translation),
      progress: (progress) => this.health.progress(progress),
      rateLimit: (limit) => this.health.rateLimit(limit),
      coverage: (interval) => this.health.coverage(interval),
    };
  }

  #take(translation: Translation): SourceEvent[] {
    if (translation.kind === 'events') return translation.events;
    const reason = translation.kind === 'ignored' ? translation.reason : translation.what;
    this.host.metrics.skipped.inc({ kind: translation.kind, reason: cutText(reason, 100) });
    this.#log.debug({ kind: translation.kind, reason }, 'a payload made no event');
    return [];
  }

  async #store(page: Page): Promise<void> {
    const { clock, connectorType, delivery, drop } = this.host;
    const delivered = { connector: connectorType, now: instant(clock.now()) };
    const events = page.events.map((event) => storableEvent(event, delivered));
    const progress = this.#progressOf(page);
    const watcher = {
      waiting: (trouble: Parameters<SourceHealth['waiting']>[0]) => this.health.waiting(trouble, clock.now()),
      poisoned: (event: { title: string }, detail: string) =>
        this.health.poisoned(event.title, detail, clock.now()),
    };
    const version = await delivery.page(events, progress, watcher, drop);
    this.#position = {
      cursor: progress?.cursor ?? this.#position.cursor,
      version: version ?? this.#position.version,
      watermark: progress?.watermark ?? this.#position.watermark,
    };
    this.health.pageStored(progress?.watermark, clock.now());
  }

  /** How far the source has come with this page; undefined when it is where it was. */
  #progressOf(page: Page): SourceProgress | undefined {
    const { cursor, version } = this.#position;
    const moved = page.cursor !== undefined && JSON.stringify(page.cursor) !== JSON.stringify(cursor);
    const watermark = Timestamp.safeParse(page.watermark).data;
    if (!moved && watermark === undefined && version > 0) return undefined;
    if (moved && jsonBytes(page.cursor) > limits.cursorBytes) throw cursorTooLarge(this.source.name);
    const tags = (this.source.tags ?? []).map((tag) => cutText(storableText(tag), limits.tag));
    return {
      source: this.source.name,
      project: cutText(storableText(this.source.project), limits.project),
      tags: tags.filter((tag) => !isBlank(tag)).slice(0, limits.tags),
      expected_version: version,
      ...(moved && page.cursor !== undefined ? { cursor: page.cursor } : {}),
      ...(watermark === undefined ? {} : { watermark }),
    };
  }
}

function cursorTooLarge(source: string): SourceError {
  return new SourceError({
    code: 'cursor-too-large',
    detail: `The cursor of ${source} is larger than ${limits.cursorBytes} bytes.`,
    remedy: 'This is a bug of the connector.',
    kind: 'upstream',
  });
}
