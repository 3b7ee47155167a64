import type { Rhythm } from './reflector.js';

type Arrived<T> = { next: IteratorResult<T, unknown> } | { error: unknown };

/**
 * An iterator that is waited for no longer than one likes; what comes later is given to who asks next. Thousands of items
 * may come in a row, so there is one alarm for many of them.
 */
export class Timely<T> {
  readonly #items: AsyncIterator<T, unknown>;
  #asked = false;
  #arrived: Arrived<T> | undefined;
  #alarm: { at: number; off: AbortController } | undefined;
  #wake: () => void = () => undefined;

  constructor(
    items: AsyncIterable<T>,
    private readonly rhythm: Rhythm,
  ) {
    this.#items = items[Symbol.asyncIterator]();
  }

  /** The next item; undefined when there is none within so many milliseconds. */
  async next(ms: number): Promise<IteratorResult<T, unknown> | undefined> {
    const deadline = this.rhythm.now() + ms;
    this.#ask();
    for (;;) {
      const arrived = this.#arrived;
      if (arrived !== undefined) {
        this.#arrived = undefined;
        this.#asked = false;
        if ('error' in arrived) throw arrived.error;
        return arrived.next;
      }
      if (ms === 0 || this.rhythm.now() >= deadline) return undefined;
      this.#setAlarm(deadline);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Ends it without waiting: an iterator that is waiting for something itself ends only behind that. */
  close(): void {
    this.#alarm?.off.abort();
    void this.#items.return?.().catch(() => undefined);
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    const arrive = (arrived: Arrived<T>) => {
      this.#arrived = arrived;
      this.#wake();
    };
    this.#items.next().then(
      (next) => arrive({ next }),
      (error: unknown) => arrive({ error }),
    );
  }

  /** One that rings earlier will do: it is set again then. */
  #setAlarm(at: number): void {
    if (this.#alarm !== undefined && this.#alarm.at <= at) return;
    this.#alarm?.off.abort();
    const alarm = { at, off: new AbortController() };
    this.#alarm = alarm;
    const ring = () => {
      if (this.#alarm === alarm) this.#alarm = undefined;
      this.#wake();
    };
    this.rhythm.sleep(at - this.rhythm.now(), alarm.off.signal).then(ring, () => undefined);
  }
}
