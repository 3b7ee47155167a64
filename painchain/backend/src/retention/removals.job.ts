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
    const tenants = await this.#attempt(() => this.repository.tenants());
    // One whose events can't be deleted just now keeps nobody else's.
    for (const tenant of tenants ?? []) await this.#attempt(() => this.#finish(tenant, signal));
    return 'again';
  }

  async #finish(tenant: number, signal: AbortSignal): Promise<void> {
    let deleted = 0;
    while (!signal.aborted) {
      const some = await this.repository.deleteSome(tenant, lookedAtOnce);
      if (some === undefined) break;
      deleted += some;
    }
    if (deleted > 0) this.logger.info({ deleted }, 'events of a removed integration were deleted');
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.logger.warn({ err: error }, 'events of a removed integration stay for now; it is tried again');
      return undefined;
    }
  }
}
