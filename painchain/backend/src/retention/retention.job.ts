import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { Counter, type Registry } from '@painchain/runtime/metrics';
import { BackgroundJob } from '../background/background-job.js';
import { LOGGER, METRICS } from '../config/tokens.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

const pauseMs = 10 * 60 * 1_000;

/** Runs retention for as long as the process lives. A failure is the next run's to make good. */
@Injectable()
export class RetentionJob extends BackgroundJob {
  readonly #deleted: Counter;

  constructor(
    private readonly retention: RetentionService,
    repository: RetentionRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) registry: Registry,
  ) {
    super(repository, pauseMs);
    this.#deleted = new Counter({
      name: 'painchain_retention_deleted_events_total',
      help: 'Events that were deleted because they were too old.',
      registers: [registry],
    });
  }

  protected async round(signal: AbortSignal): Promise<'again'> {
    try {
      const deleted = await this.retention.run(signal);
      this.#deleted.inc(deleted);
      if (deleted > 0) this.logger.info({ deleted }, 'events past their retention were deleted');
    } catch (error) {
      this.logger.warn({ err: error }, 'retention did not finish; it is tried again');
    }
    return 'again';
  }
}
