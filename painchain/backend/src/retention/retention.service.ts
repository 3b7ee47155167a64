import { Injectable } from '@nestjs/common';
import { Clock } from '../config/clock.js';
import { Config } from '../config/config.js';
import { cutoff } from './cutoff.js';
import { RetentionRepository } from './retention.repository.js';

const batch = 1_000;
const spellsBatch = 20_000;
const tailMs = 60 * 60 * 1_000;
const rejectedMs = 30 * 24 * 60 * 60 * 1_000;
const commandsMs = rejectedMs;
// A day of them is shown.
const hoursMs = 25 * 60 * 60 * 1_000;

/** What is kept, and how the rest goes. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly repository: RetentionRepository,
  ) {}

  /** Events before it are not taken, since they would be deleted at once. Undefined: everything is kept. */
  oldestAllowed(): Date | undefined {
    return cutoff(this.config.retention, this.clock.now());
  }

  /** Deletes what is too old, tenant by tenant and in bounded batches; how many events that were. */
  async run(signal?: AbortSignal): Promise<number> {
    let deleted = 0;
    for (const tenant of await this.repository.tenants()) {
      if (signal?.aborted) break;
      deleted += await this.#runFor(tenant, signal);
    }
    return deleted;
  }

  async #runFor(tenant: number, signal?: AbortSignal): Promise<number> {
    const now = this.clock.now().getTime();
    const before = this.oldestAllowed();
    await this.repository.pruneTail(tenant, new Date(now - tailMs));
    await this.repository.pruneRejected(tenant, new Date(now - rejectedMs));
    await this.repository.pruneHours(tenant, new Date(now - hoursMs));
    await this.repository.pruneCommands(tenant, new Date(now - commandsMs));
    if (before === undefined) return 0;
    await inBatches(() => this.repository.pruneSpells(tenant, before, spellsBatch), signal);
    return inBatches(() => this.repository.deleteEvents(tenant, before, batch), signal);
  }
}

/** Batch after batch until there is nothing left, or another process is at it; how many went. */
async function inBatches(
  deleteSome: () => Promise<number | undefined>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let deleted = 0;
  let last: number | undefined;
  do {
    if (signal?.aborted) break;
    last = await deleteSome();
    deleted += last ?? 0;
  } while (last);
  return deleted;
}
