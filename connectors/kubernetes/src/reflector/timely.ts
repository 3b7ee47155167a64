import type { Rhythm } from './reflector.js';

/** An iterator that is waited for no longer than one likes; what comes later is given to who asks next. */
export class Timely<T> {
  readonly #items: AsyncIterator<T, unknown>;
  #pending: Promise<IteratorResult<T, unknown>> | undefined;

  constructor(
    items: AsyncIterable<T>,
    private readonly rhythm: Rhythm,
  ) {
    this.#items = items[Symbol.asyncIterator]();
  }

  /** The next item; undefined when there is none within so many milliseconds. */
  async next(ms: number): Promise<IteratorResult<T, unknown> | undefined> {
    this.#pending ??= this.#items.next();
    const nap = new AbortController();
    const asleep = this.rhythm.sleep(ms, nap.signal).catch(() => undefined);
    try {
      const next = await Promise.race([this.#pending, asleep.then(() => undefined)]);
      if (next !== undefined) this.#pending = undefined;
      return next;
    } catch (error) {
      this.#pending = undefined;
      throw error;
    } finally {
      nap.abort();
    }
  }

  /** Ends it without waiting: an iterator that is waiting for something itself ends only behind that. */
  close(): void {
    void this.#items.return?.().catch(() => undefined);
  }
}
