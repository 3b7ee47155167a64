import type { Clock } from '../clock.js';

const tickMs = 5;

/**
 * A clock that goes on by a step whenever this process gets round to it. Where everything that is tested runs in this
 * process, too, a busy machine slows both down, so that nothing is late because of it.
 */
export class TickClock implements Clock {
  #sleepers: { until: number; wake: () => void }[] = [];
  readonly #timer = setInterval(() => this.#tick(), tickMs);

  /** @param stepMs what passes on this clock with each tick. */
  constructor(
    private time: number,
    readonly stepMs: number,
    readonly random: () => number,
  ) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const giveUp = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const sleeper = { until: this.time + ms, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.time += this.stepMs;
    const awake = this.#sleepers.filter(({ until }) => until <= this.time);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.time);
    awake.toSorted((a, b) => a.until - b.until).forEach(({ wake }) => wake());
  }
}
