import type { Clock } from '../clock.js';

/** A sleep that somebody else can end early. A ring while nobody sleeps ends the next sleep at once. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Sleeps for `ms` or until rung; resolves with whether it was rung. Rejects when the signal is aborted. */
  async sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const woken = new AbortController();
    const wake = () => woken.abort();
    this.#wake = wake;
    if (this.#rung) wake();
    // Not by AbortSignal.any: a signal that lives for months would remember each of its sleeps.
    signal.addEventListener('abort', wake);
    try {
      await clock.sleep(ms, woken.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!woken.signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', wake);
      this.#wake = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
