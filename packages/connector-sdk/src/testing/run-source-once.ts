import { type CoverageInterval, type JsonValue, NewEvent, type SourceStatus } from '@painchain/contract';
import { createLogger } from '@painchain/runtime';
import { type Clock, instant } from '../clock.js';
import type { Page, Source, Translation } from '../connector.js';
import { storableEvent } from '../storable/storable-event.js';
import { InstantClock } from './clocks.js';

/** Everything that one run of a source gave. */
export interface SourceRun {
  pages: Page[];
  /** The events as the backend would get them; each is known to satisfy the contract. */
  events: NewEvent[];
  /** The cursor behind the last page: hand it to the next run. */
  cursor: JsonValue;
  watermark: string | null;
  skipped: Exclude<Translation, { kind: 'events' }>[];
  progress: NonNullable<SourceStatus['progress']>[];
  coverage: CoverageInterval[];
}

export interface SourceRunOptions {
  cursor?: JsonValue;
  watermark?: string;
  clock?: Clock;
  signal?: AbortSignal;
  /** Ends the source after so many pages, as a stop would. For a source that watches. */
  pages?: number;
  /** The connector's type. Default `test`. */
  connector?: string;
}

/**
 * Runs a source once without a backend, as if each page had been stored at once.
 *
 * @throws whatever the source throws; and when an event does not satisfy the contract.
 */
export async function runSourceOnce(source: Source, options: SourceRunOptions = {}): Promise<SourceRun> {
  const clock = options.clock ?? new InstantClock(Date.now());
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const run: SourceRun = {
    pages: [],
    events: [],
    cursor: options.cursor ?? null,
    watermark: options.watermark ?? null,
    skipped: [],
    progress: [],
    coverage: [],
  };
  const collected = source.collect({
    cursor: run.cursor,
    watermark: run.watermark,
    signal,
    log: createLogger({ name: source.name, level: 'silent' }),
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms, signal),
    take: (translation) => {
      if (translation.kind === 'events') return translation.events;
      run.skipped.push(translation);
      return [];
    },
    progress: (progress) => void (progress && run.progress.push(progress)),
    rateLimit: () => undefined,
    coverage: (interval) => void run.coverage.push(interval),
  });
  const now = instant(clock.now());
  const delivered = { connector: options.connector ?? 'test', now, tags: source.tags };
  for await (const page of collected) {
    run.pages.push(page);
    run.events.push(...page.events.map((event) => NewEvent.parse(storableEvent(event, delivered))));
    run.cursor = page.cursor ?? run.cursor;
    run.watermark = page.watermark ?? run.watermark;
    if (run.pages.length === options.pages) break;
  }
  stop.abort();
  return run;
}
