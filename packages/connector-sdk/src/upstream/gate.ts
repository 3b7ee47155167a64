import { SourceError } from '../source-error.js';

/** No upstream puts a credential to rest for longer. */
const longestRestMs = 60 * 60 * 1000;
/** Between two questions with a credential that is refused. */
const probeEveryMs = 60_000;
/** Whoever is sent away comes back within this, and not all at once. */
const spreadMs = 15_000;

/** What a question knows of the gate that it came through. */
export type Pass = number;

/**
 * Whether a credential may be asked with right now. Closed while the upstream has asked for rest, and, but for one
 * question a minute, while it refuses the credential. All instants are in milliseconds since 1970, by one clock.
 */
export class Gate {
  #restsUntil = 0;
  /** What it rests for. */
  #limit: SourceError | undefined;
  #refusal: SourceError | undefined;
  #probeAt = 0;
  #inARow = 0;
  /** Moves on whenever the gate closes: what was asked before tells nothing about the time after. */
  #generation: Pass = 0;

  /** @param random from 0 up to, but not including, 1 */
  constructor(private readonly random: () => number) {}

  /** @throws SourceError, with the time until it is worth coming back, while the gate is closed. */
  check(now: number): void {
    if (this.#limit && this.#restsUntil > now) {
      throw inMs(this.#limit, this.away(this.#restsUntil, now));
    }
    if (this.#refusal && this.#probeAt > now) {
      throw withRetry(this.#refusal, this.away(this.#probeAt, now));
    }
  }

  /** Goes through. With a refused credential it is the one that tries, so that all others still find it closed. */
  enter(now: number): Pass {
    this.check(now);
    if (this.#refusal) this.#probeAt = now + probeEveryMs;
    return this.#generation;
  }

  /** The upstream has answered as it should. */
  answered(pass: Pass): void {
    if (pass !== this.#generation) return;
    this.#inARow = 0;
    this.#refusal = undefined;
  }

  /**
   * How many refusals in a row one is that came to a question with this pass. Those of one burst count once: they were
   * asked before anybody knew.
   */
  inARow(pass: Pass): number {
    return pass === this.#generation ? this.#inARow + 1 : Math.max(1, this.#inARow);
  }

  /** Closes the gate for `ms`, at most an hour, because of a limit. */
  rest(ms: number, now: number, pass: Pass, limit: SourceError): void {
    this.#inARow = this.inARow(pass);
    if (pass === this.#generation) this.#generation += 1;
    const until = now + Math.min(ms, longestRestMs);
    if (until <= this.#restsUntil) return;
    this.#restsUntil = until;
    this.#limit = limit;
  }

  /** Closes the gate because the credential is refused. */
  refuse(refusal: SourceError, now: number): void {
    this.#refusal = refusal;
    this.#probeAt = now + probeEveryMs;
    this.#generation += 1;
  }

  /** Milliseconds after which to come back, for a gate that opens at `until`. */
  away(until: number, now: number): number {
    const ms = Math.min(Math.max(0, until - now), longestRestMs);
    return Math.ceil(ms + this.random() * Math.min(spreadMs, 1_000 + ms / 4));
  }
}

function inMs(error: SourceError, retryAfterMs: number): SourceError {
  const { code, detail, remedy, kind, cause } = error;
  return new SourceError({ code, detail, remedy, kind, cause, retryAfterMs });
}

/** The same fault, to be tried again no sooner than in `ms`. */
export function withRetry(error: SourceError, ms: number): SourceError {
  return inMs(error, Math.max(ms, error.retryAfterMs ?? 0));
}
