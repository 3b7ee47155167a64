import { SourceError } from '@painchain/connector-sdk';
import type { Rhythm } from './reflector.js';

/** Between the beginnings of two watches, when the server ends each at once: longer and longer. */
const shortestMs = 300;
const longestMs = 5_000;
/** A watch that has ended earlier than this has hardly begun. */
const hardlyMs = 1_000;

const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;
/** What goes on failing for so long is shown to humans. */
const patienceMs = 60_000;
/** A right that is missing may be granted at any time. */
const notPermittedMs = 5 * 60_000;

/** How soon a cluster is asked again. */
export class Pace {
  #began = -Infinity;
  #hardly = 0;
  #failures = 0;
  #failingSince: number | undefined;

  constructor(
    private readonly rhythm: Rhythm,
    private readonly signal: AbortSignal,
  ) {}

  /** Waits until a watch may begin: at once behind one that has lasted, never more than a few times a second. */
  async begin(): Promise<void> {
    const pause = Math.min(shortestMs * 2 ** this.#hardly, longestMs) - (this.rhythm.now() - this.#began);
    if (pause > 0) await this.rhythm.sleep(pause, this.signal);
    this.#began = this.rhythm.now();
  }

  /** Whether the watch has been more than opened and closed. */
  lasts(): boolean {
    return this.rhythm.now() - this.#began >= hardlyMs;
  }

  /** A watch has ended as it should, or by an expired version. */
  ended(): void {
    this.#hardly = this.lasts() ? 0 : Math.min(this.#hardly + 1, 8);
  }

  /** The cluster has answered something of use. */
  worked(): void {
    this.#failures = 0;
    this.#failingSince = undefined;
  }

  /**
   * Waits behind a failure.
   *
   * @throws the error when it is time to show it: when only a human can help, or when it goes on for too long
   */
  async failed(error: unknown): Promise<void> {
    this.signal.throwIfAborted();
    if (error instanceof SourceError && error.kind === 'configuration') throw patient(error);
    this.#failingSince ??= this.rhythm.now();
    if (this.rhythm.now() - this.#failingSince >= patienceMs) throw error;
    const bound = Math.min(longestBackoffMs, firstBackoffMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 8);
    const asked = error instanceof SourceError ? (error.retryAfterMs ?? 0) : 0;
    await this.rhythm.sleep(asked + this.rhythm.random() * bound, this.signal);
  }
}

function patient(error: SourceError): SourceError {
  const { code, detail, remedy, kind } = error;
  if (code !== 'not-permitted' || error.retryAfterMs !== undefined) return error;
  return new SourceError({ code, detail, remedy, kind, retryAfterMs: notPermittedMs, cause: error });
}
