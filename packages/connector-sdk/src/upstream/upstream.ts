import type { HttpClient, HttpError } from '@painchain/runtime/http';
import type { SourceError } from '../source-error.js';

/** What an upstream says of its rate limit with an answer. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** In milliseconds since 1970, by the upstream's clock. */
  resetsAt: number;
}

/** Where upstreams differ. */
export interface UpstreamRules {
  /** What an answer's headers say of the rate limit; undefined when they say nothing. */
  limit(headers: Readonly<Record<string, string>>): RateLimit | undefined;
  /**
   * How long a refusal asks the whole credential to rest, in milliseconds; undefined when the refusal is about
   * something else. `inARow` counts such refusals without an answer in between, this one included.
   */
  rest(refusal: HttpError, now: number, inARow: number): number | undefined;
  /** What a failure means, be it a refusal or no answer that can be read, and what a human can do about it. */
  explain(failure: HttpError, now: number): SourceError;
  /**
   * Whether an error, as `explain` or `headers` gave it, is about the credential itself and so about everything that is
   * asked with it. Then it is tried once a minute, and all other questions fail by the same error.
   */
  credentialRefused(error: SourceError): boolean;
  /** Whether an answer that nothing has changed (304) counts against the limit, too. Default: it doesn't. */
  unchangedCounts?: boolean;
}

/** An answer to a question. `unchanged` is a 304: what was read with that `etag` still holds. */
export type Reading =
  | { unchanged: true }
  | {
      unchanged: false;
      json: unknown;
      headers: Readonly<Record<string, string>>;
      /** Send it with the next question of the same address. */
      etag: string | undefined;
      /** The next page of a list, on the same origin. */
      next: URL | undefined;
    };

export interface Question {
  /** Of an earlier answer from the same address. */
  etag?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * One credential's way to an upstream. Every question passes one gate: no more than a few at a time, none while the
 * limit is used up or the upstream has asked for rest. Then a question fails at once, with the time until it is worth
 * asking again, so that nobody waits in a place that another tenant needs.
 */
export interface Upstream {
  /** @throws SourceError, or the signal's reason. */
  get(target: string | URL, question?: Question): Promise<Reading>;
  /** The upstream's clock, in milliseconds since 1970: ours, corrected by the `Date` of its answers. */
  now(): number;
  /** What is left of the rate limit, as far as it is known. */
  limit(): RateLimit | undefined;
  /**
   * By what factor, at least 1, intervals are to be stretched so that what is left of the limit lasts until it is
   * reset, at the rate of the last minutes. Ask for it live, by an interval that is a getter: it changes while a
   * source waits. 1 while no limit is known.
   */
  pace(): number;
}

export interface UpstreamOptions {
  http: HttpClient;
  rules: UpstreamRules;
  /** The headers that carry the credential, asked for each question: a token may be renewed. */
  headers(signal: AbortSignal | undefined): Promise<Readonly<Record<string, string>>>;
  /** Our clock, in milliseconds since 1970. */
  now(): number;
  /** Questions at a time; the others wait in the order they came. */
  concurrency: number;
  /**
   * Questions a minute, also those that are not counted against the limit: where there are more, the pace grows.
   * Default: as many as the limit allows.
   */
  perMinute?: number;
  /** Whether there is a limit even while no answer tells of one. Default: what tells of none has none. */
  isLimited?: boolean;
  /** Chance, from 0 up to, but not including, 1. Default: `Math.random`. */
  random?(): number;
}
