import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { Counter, type Registry } from '@painchain/runtime/metrics';
import { LOGGER, METRICS } from '../config/tokens.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

const everyMs = 10 * 60 * 1_000;

/** Runs retention for as long as the process lives. A failure is the next run's to make good. */
@Injectable()
export class RetentionJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #deleted: Counter;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly retention: RetentionService,
    private readonly repository: RetentionRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) registry: Registry,
  ) {
    this.#deleted = new Counter({
      name: 'painchain_retention_deleted_events_total',
      help: 'Events that were deleted because they were too old.',
      registers: [registry],
    });
  }

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
    while (!signal.aborted) {
      await this.#runOnce(signal);
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #runOnce(signal: AbortSignal): Promise<void> {
    try {
      const deleted = await this.retention.run(signal);
      this.#deleted.inc(deleted);
      if (deleted > 0) this.logger.info({ deleted }, 'events past their retention were deleted');
    } catch (error) {
      this.logger.warn({ err: error }, 'retention did not finish; it is tried again');
    }
  }
}
