import { setTimeout as sleep } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';

/** Work that goes on beside the requests, from when there is a database until the process stops. */
export abstract class BackgroundJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: { whenOpen(): Promise<void> },
    private readonly pauseMs: number,
  ) {}

  /** One round of the work, which ends early when the signal says so. A failure is its own to tell. */
  protected abstract round(signal: AbortSignal): Promise<'again' | 'done'>;

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

  async #repeat(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && (await this.round(signal)) === 'again') {
      await sleep(this.pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
