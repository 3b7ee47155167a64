import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { BackgroundJob } from '../background/background-job.js';
import { LOGGER } from '../config/tokens.js';
import { ReindexingRepository } from './reindexing.repository.js';
import { ReindexingService } from './reindexing.service.js';

const pauseMs = 10_000;

/** Runs reindexing until it is done. A failure, or another process that ends too early, is made good later. */
@Injectable()
export class ReindexingJob extends BackgroundJob {
  constructor(
    private readonly reindexing: ReindexingService,
    repository: ReindexingRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super(repository, pauseMs);
  }

  protected async round(signal: AbortSignal): Promise<'again' | 'done'> {
    try {
      const { events, isDone } = await this.reindexing.run(signal);
      if (events > 0) this.logger.info({ events, isDone }, 'older events were made searchable');
      return isDone ? 'done' : 'again';
    } catch (error) {
      this.logger.warn({ err: error }, 'older events could not be made searchable; it is tried again');
      return 'again';
    }
  }
}
