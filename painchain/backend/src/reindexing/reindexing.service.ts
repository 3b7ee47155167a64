import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ReindexingRepository } from './reindexing.repository.js';

const batch = 500;
// Ingest and readers come first.
const pauseMs = 50;

@Injectable()
export class ReindexingService {
  constructor(private readonly repository: ReindexingRepository) {}

  /**
   * Makes older events searchable, tenant by tenant. Says how many it was, and whether that was all: another process
   * may be at it, or the signal ended it.
   */
  async run(signal?: AbortSignal): Promise<{ events: number; isDone: boolean }> {
    let events = 0;
    for (const tenant of await this.repository.tenants()) {
      for (;;) {
        if (signal?.aborted) return { events, isDone: false };
        const written = await this.repository.writeWords(tenant, batch);
        if (written === undefined) return { events, isDone: false };
        if (written === 0) break;
        events += written;
        await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
    return { events, isDone: true };
  }
}
