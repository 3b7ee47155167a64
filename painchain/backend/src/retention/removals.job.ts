import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@painchain/runtime';
import { BackgroundJob } from '../background/background-job.js';
import { LOGGER } from '../config/tokens.js';
import { RemovalsRepository } from './removals.repository.js';

const pauseMs = 60_000;
const lookedAtOnce = 2_000;

/** Deletes the events of removed integrations, tenant by tenant, for as long as the process lives. */
@Injectable()
export class RemovalsJob extends BackgroundJob {
  constructor(
    private readonly repository: RemovalsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super(repository, pauseMs);
  }

  protected async round(signal: AbortSignal): Promise<'again'> {
    try {
      for (const tenant of await this.repository.tenants()) {
        const deleted = await this.#finish(tenant, signal);
        if (deleted > 0) this.logger.info({ deleted }, 'events of a removed integration were deleted');
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'events of a removed integration stay for now; it is tried again');
    }
    return 'again';
  }

  async #finish(tenant: number, signal: AbortSignal): Promise<number> {
    let deleted = 0;
    while (!signal.aborted) {
      const some = await this.repository.deleteSome(tenant, lookedAtOnce);
      if (some === undefined) break;
      deleted += some;
    }
    return deleted;
  }
}
