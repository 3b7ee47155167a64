import type { Clock } from '../clock.js';

/** A sleep that somebody else can end early. A ring while nobody sleeps ends the next sleep at once. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Sleeps for `ms` or until rung. Rejects when the signal is aborted. */
  async sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    if (this.#rung) woken.abort();
    try {
      await clock.sleep(ms, AbortSignal.any([signal, woken.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#rung = false;
      this.#wake = undefined;
    }
  }
}
