import type {
  ConnectorManifest,
  CoverageInterval,
  JsonValue,
  NewEvent,
  SourceStatus,
} from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import type { HttpClient, HttpClientOptions } from '@painchain/runtime/http';
import type { z } from 'zod';

/**
 * An event as a connector makes it: the contract's event without what the SDK fills in. The SDK makes it
 * storable, so foreign texts may be as long and as odd as they like; `data` may be anything that JSON can say.
 */
export type SourceEvent = Omit<NewEvent, 'key' | 'connector' | 'sent_at' | 'data'> & {
  /**
   * The fact's natural identity, from the source's own (host, cluster uid, remote URL) down to the fact's id
   * or instant. The same fact gives the same parts forever; a change back and forth gives different ones.
   */
  key_parts: readonly string[];
  data: object;
};

/** What a pure translator makes of a payload. Every "no" has its reason. */
export type Translation =
  | { kind: 'events'; events: SourceEvent[] }
  | { kind: 'ignored'; reason: string }
  | { kind: 'unsupported'; what: string };

/**
 * Some events of a source and the cursor behind them. Both are stored in one transaction, so a cursor never
 * gets ahead of its events. Pages are delivered one after the other, in order.
 */
export interface Page {
  events: readonly SourceEvent[];
  /** Where to continue after these events; any JSON up to 64 KiB. Absent: the cursor stays where it is. */
  cursor?: JsonValue | undefined;
  /** RFC 3339. Everything at the source up to here is in this or an earlier page. */
  watermark?: string | undefined;
}

/** One run of a source. */
export interface Collect {
  /** The cursor of the last stored page; null before the first one ever. */
  cursor: JsonValue;
  /** Up to when everything has been seen, or null. */
  watermark: string | null;
  /** Aborted when the source shall stop: hand it to everything that waits. */
  signal: AbortSignal;
  log: Logger;
  /** The current instant, in milliseconds since 1970. */
  now(): number;
  /** Waits; rejects when the signal is aborted. */
  sleep(ms: number): Promise<void>;
  /** Unpacks a translation: its events, while ignored and unsupported payloads are counted by their reason. */
  take(translation: Translation): SourceEvent[];
  /** Shows how far a long run has come, such as a backfill. Undefined ends it. */
  progress(progress: SourceStatus['progress'] | undefined): void;
  /** Shows what is left of an upstream's rate limit. */
  rateLimit(limit: NonNullable<SourceStatus['rate_limit']>): void;
  /**
   * Reports a stretch of time that is lost for good, or was made out afterwards, such as what a first look finds. What is
   * only not seen yet needs no word: the backend knows how far the watermark is behind.
   */
  coverage(interval: CoverageInterval): void;
}

/** One thing to collect from, with a cursor of its own: a repository's commits, a cluster's deployments. */
export interface Source {
  /** Stable and unique within its integration: its cursor is kept under this name. */
  name: string;
  project: string;
  /** Labels of the project; each of its events carries them, too. */
  tags?: readonly string[] | undefined;
  /**
   * Between the beginnings of two runs, in seconds, at most a day. For a watching source, the pause before it is begun
   * anew. It may be a getter: while the source waits it is asked again, at least each minute.
   */
  readonly intervalSeconds: number;
  /**
   * A watching source's run never ends by itself, so it takes no place among the bounded number of polls. Each
   * page, one without events too, is its sign of life: without any for three intervals it is shown as late.
   */
  watches?: boolean | undefined;
  /**
   * Yields pages. Behind a `yield` the page is stored: a generator goes on there only after the backend's
   * acknowledgement, which is the place to write a snapshot. If the page can't be stored, because the lease
   * is gone or the process stops, the generator is ended there and only its `finally` runs.
   *
   * @throws SourceError to say whose fault it is and what helps.
   */
  collect(run: Collect): AsyncIterable<Page>;
}

/** What a connector gets to build its sources with, for one leased integration. */
export interface SourceContext {
  integration: { id: string; name: string; group: string | null };
  /** A directory of this integration's own, made on first use; its content may be lost at any time. */
  dataDir: string;
  /** Aborted when the integration is dropped. */
  signal: AbortSignal;
  log: Logger;
  /** The guarded HTTP client, closed when the integration is dropped. */
  http(options?: HttpClientOptions): HttpClient;
  /** The current instant, in milliseconds since 1970. */
  now(): number;
  /** Waits; rejects when the integration is dropped. */
  sleep(ms: number): Promise<void>;
}

/**
 * Lists of sources, each of which replaces the one before: a source of a name that runs already goes on as it is,
 * others begin, and those that are missing are stopped behind what they are delivering. When the lists end, the last
 * one stays. When they fail, that is shown as the integration's trouble while the last one stays, too, and after a
 * minute they are iterated again. So it should be an object that can be iterated more than once, which keeps what it
 * has opened; for a generator, which can't, `sources` is called again.
 */
export type SourceLists = AsyncIterable<readonly Source[]>;

/** What `sources` gives. */
export type GivenSources = readonly Source[] | SourceLists;

/** One step of a test that a human has asked for: can it be reached, may we read it. */
export interface TestStep {
  name: string;
  ok: boolean;
  detail?: string | undefined;
  remedy?: string | undefined;
}

/** A variable that may well be set for other reasons: it must not contradict what the file says. */
export interface ConditionalVariable {
  variable: string;
  /** Whether it is meant, beside this file's `config:`. */
  when(config: Readonly<Record<string, unknown>>): boolean;
}

/** A type of connector: what it says of itself, how it is configured, what it collects from. */
export interface Connector<Config> {
  /** `connector.yaml`, read, or where it lies: `new URL('../connector.yaml', import.meta.url)`. */
  manifest: ConnectorManifest | URL;
  version: string;
  /** What stands under `config:`. Mark with `publicSetting` what may be shown; the rest is sealed as a secret. */
  configSchema: z.ZodType<Config>;
  /** Settings by dotted path and the variable that gives them when the file doesn't: every secret has one. */
  environment?: Readonly<Record<string, string | ConditionalVariable>>;
  /**
   * The sources of one integration: a list, or lists one after the other when it changes.
   *
   * @throws SourceError when they can't be told; it is shown and tried again.
   */
  sources(config: Config, context: SourceContext): GivenSources | Promise<GivenSources>;
  /** Tries whether a configuration works, step by step. Absent: its sources, or the first list of them, are listed. */
  test?(config: Config, context: SourceContext): Promise<readonly TestStep[]>;
  /**
   * How many polls run at a time: in the whole process, and of one integration, which should be fewer, so that one
   * whose upstream is slow leaves places to others. Default: 8, of which one integration takes 6.
   */
  pollsAtATime?: { process: number; integration: number };
}

/** Gives a connector its types, nothing else. */
export function defineConnector<Config>(connector: Connector<Config>): Connector<Config> {
  return connector;
}
