import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { LOGGER } from '../config/tokens.js';
import { ReindexingRepository } from './reindexing.repository.js';
import { ReindexingService } from './reindexing.service.js';

const againMs = 10_000;

/** Runs reindexing until it is done. A failure, or another process that ends too early, is made good later. */
@Injectable()
export class ReindexingJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly reindexing: ReindexingService,
    private readonly repository: ReindexingRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.#loopOnceOpen();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #loopOnceOpen(): Promise<void> {
    await this.repository.whenOpen();
    this.#running = this.#loop();
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && !(await this.#isDone(signal))) {
      await sleep(againMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #isDone(signal: AbortSignal): Promise<boolean> {
    try {
      const { events, isDone } = await this.reindexing.run(signal);
      if (events > 0) this.logger.info({ events, isDone }, 'older events were made searchable');
      return isDone;
    } catch (error) {
      this.logger.warn({ err: error }, 'older events could not be made searchable; it is tried again');
      return false;
    }
  }
}
