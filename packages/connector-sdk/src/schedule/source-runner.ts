import { setMaxListeners } from 'node:events';
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
import { intervalMs } from './interval.js';
import type { Limiter } from './limiter.js';
import { SourceHealth } from './source-health.js';

const configurationPauseMs = 60_000;
/** How often a source that waits is asked whether its interval has changed. */
const longestNapMs = 60_000;
/** Whoever waits longer for a place has come at the same time as too many others. */
const crowdedMs = 1_000;

/** What all sources of an integration share. */
export interface RunnerHost {
  connectorType: string;
  delivery: Delivery;
  limiter: Limiter;
  clock: Clock;
  log: Logger;
  metrics: ConnectorMetrics;
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

/**
 * Runs one source on its schedule, stores its pages in order and keeps an eye on its health. There are thousands of them
 * in a process, so each has a signal of its own: one that all of them listened to would be slow to listen to.
 */
export class SourceRunner {
  readonly health: SourceHealth;
  readonly #bell = new Bell();
  readonly #stop = new AbortController();
  #position: SourcePosition;
  #failures = 0;
  #crowded = false;
  /** What the last run failed by, which needs to be logged only once. */
  #failedBy: string | undefined;
  #runs: (() => void)[] = [];

  constructor(
    readonly source: Source,
    position: SourcePosition,
    private readonly host: RunnerHost,
  ) {
    this.#position = position;
    this.health = new SourceHealth(source, position.watermark);
  }

  /** Where it has come to; final once `run` has ended. */
  get position(): SourcePosition {
    return this.#position;
  }

  /** Made when it is needed: ten thousand of them would only lie there. */
  get #log(): Logger {
    return this.host.log.child({ source: this.source.name });
  }

  /** Begins nothing new; what is being delivered is delivered. */
  stop(): void {
    this.#stop.abort();
  }

  /** Runs until it is stopped. @throws LeaseLostError, and nothing else. */
  async run(): Promise<void> {
    // A source may ask many questions at a time.
    setMaxListeners(0, this.#stop.signal);
    try {
      await this.#runOnSchedule();
    } finally {
      // Whoever waits for a run that won't come any more is let go.
      this.#runs.splice(0).forEach((done) => done());
    }
  }

  async #runOnSchedule(): Promise<void> {
    const { clock } = this.host;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const began = clock.now();
      const before = this.health.state(began);
      const failure = await this.#once();
      if (signal.aborted) return;
      this.#runs.splice(0).forEach((done) => done());
      const waiting = failure ? this.#backOff(failure) : this.#untilDue(began);
      if (this.health.state(clock.now()) !== before) this.host.changed();
      await waiting.catch(() => undefined);
    }
  }

  /** Waits for the next run. The interval may change meanwhile, and the clock may be set back. */
  async #untilDue(began: number): Promise<void> {
    const { clock } = this.host;
    // Ten thousand that have begun at once would go on coming at once.
    const jitter = this.#crowded ? 1 + clock.random() / 2 : this.#jitter();
    for (let from = began, earliest = clock.now() + 1_000; ;) {
      const now = clock.now();
      [from, earliest] = [Math.min(from, now), Math.min(earliest, now + 1_000)];
      const pause = Math.max(from + intervalMs(this.source) * jitter, earliest) - now;
      if (pause <= 0) return;
      this.health.scheduled(now + pause);
      if (await this.#bell.sleep(clock, Math.min(pause, longestNapMs), this.#stop.signal)) return;
    }
  }

  async #backOff(failure: SourceError): Promise<void> {
    const { clock } = this.host;
    const asked = failure.retryAfterMs ?? 0;
    const pause =
      failure.kind === 'configuration'
        ? Math.max(asked, configurationPauseMs * this.#jitter())
        : asked + fullJitter(this.#failures - 1, () => clock.random());
    this.health.scheduled(clock.now() + pause);
    await this.#bell.sleep(clock, pause, this.#stop.signal);
  }

  #jitter(): number {
    return 0.95 + 0.1 * this.host.clock.random();
  }

  /** Runs now instead of when it is due, and resolves when that run has ended. */
  sync(): Promise<void> {
    const done = new Promise<void>((resolve) => this.#runs.push(resolve));
    this.#bell.ring();
    return done;
  }

  async #once(): Promise<SourceError | undefined> {
    const { clock, limiter, metrics } = this.host;
    const stop = this.#stop.signal;
    let leave: () => void = () => undefined;
    const began = clock.now();
    try {
      if (this.source.watches) this.health.scheduled(undefined);
      else leave = await limiter.enter(stop, this.host);
      this.#crowded = clock.now() - began > crowdedMs;
      for await (const page of this.source.collect(this.#collect())) {
        if (stop.aborted) return undefined;
        await this.#store(page);
      }
      stop.throwIfAborted();
      this.health.succeeded(clock.now(), began);
      this.#failures = 0;
      this.#failedBy = undefined;
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
    else this.#log[this.#failedBy === code ? 'debug' : 'warn']({ code, detail, remedy }, 'a source failed');
    this.#failedBy = code;
    return error;
  }

  #collect(): Collect {
    const { clock } = this.host;
    const stop = this.#stop.signal;
    const log = this.#log;
    return {
      cursor: this.#position.cursor,
      watermark: this.#position.watermark,
      signal: stop,
      log,
      now: () => clock.now(),
      sleep: (ms) => clock.sleep(ms, stop),
      take: (translation) => this.#take(translation, log),
      progress: (progress) => this.health.progress(progress),
      rateLimit: (limit) => this.health.rateLimit(limit),
      coverage: (interval) => this.health.coverage(interval),
    };
  }

  #take(translation: Translation, log: Logger): SourceEvent[] {
    if (translation.kind === 'events') return translation.events;
    const reason = translation.kind === 'ignored' ? translation.reason : translation.what;
    this.host.metrics.skipped.inc({ kind: translation.kind, reason: cutText(reason, 100) });
    log.debug({ kind: translation.kind, reason }, 'a payload made no event');
    return [];
  }

  async #store(page: Page): Promise<void> {
    const { clock, connectorType: connector, delivery, drop } = this.host;
    const delivered = { connector, now: instant(clock.now()), tags: this.source.tags };
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
