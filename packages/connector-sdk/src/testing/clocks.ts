import { type Clock, systemClock } from '../clock.js';

/** A clock on which `speed` seconds pass in one: for tests that use real sockets but have no time to wait. */
export function fastClock(speed: number, random: () => number = Math.random): Clock {
  const started = Date.now();
  const beginning = Date.UTC(2026, 10, 24, 7);
  return {
    now: () => beginning + (Date.now() - started) * speed,
    random,
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  };
}

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  /** How long each sleep so far was asked to be, in milliseconds. */
  readonly sleeps: number[] = [];
  #sleepers: { until: number; wake: () => void }[] = [];

  constructor(
    private time: number = Date.UTC(2026, 10, 24, 7),
    readonly random: () => number = () => 0.5,
  ) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const sleeper = { until: this.time + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  /** Lets time pass, and whoever slept until then go on. */
  async advance(ms: number): Promise<void> {
    this.time += ms;
    const awake = this.#sleepers.filter(({ until }) => until <= this.time);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.time);
    awake.forEach(({ wake }) => wake());
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A clock on which nobody ever waits: each sleep moves the time on and ends at once. */
export class InstantClock implements Clock {
  readonly sleeps: number[] = [];

  constructor(
    private time: number = Date.UTC(2026, 10, 24, 7),
    readonly random: () => number = () => 0.5,
  ) {}

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.time += ms;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
