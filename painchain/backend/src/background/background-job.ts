import { setTimeout as sleep } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';

/** Work that goes on beside the requests, from when there is a database until the process stops. */
export abstract class BackgroundJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #pause = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: { whenOpen(): Promise<void> },
    private readonly pauseMs: number,
  ) {}

  /** One round of the work, which ends early when the signal says so. A failure is its own to tell. */
  protected abstract round(signal: AbortSignal): Promise<'again' | 'done'>;

  /** There is something to do: the next round begins now, or once the one under way has ended. */
  hurry(): void {
    this.#pause.abort();
  }

  onApplicationBootstrap(): void {
    void this.#beginOnceOpen();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #beginOnceOpen(): Promise<void> {
    await this.database.whenOpen();
    this.#running = this.#repeat();
  }

  #round(signal: AbortSignal): Promise<'again' | 'done'> {
    this.#pause = new AbortController();
    return this.round(signal);
  }

  async #repeat(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && (await this.#round(signal)) === 'again') {
      const pause = AbortSignal.any([signal, this.#pause.signal]);
      await sleep(this.pauseMs, undefined, { signal: pause, ref: false }).catch(() => undefined);
    }
  }
}
