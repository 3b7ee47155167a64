import { Injectable } from '@nestjs/common';
import type { Sql } from '../database/sql.js';
import { RemovalsJob } from './removals.job.js';
import { RemovalsRepository } from './removals.repository.js';

/** Events that go along with their integration: asked for at once, deleted in the background. */
@Injectable()
export class RemovalsService {
  constructor(
    private readonly repository: RemovalsRepository,
    private readonly job: RemovalsJob,
  ) {}

  /** In the transaction that removes the integration. */
  request(sql: Sql, tenantId: number, integrationId: string, connector: string): Promise<void> {
    return this.repository.request(sql, tenantId, integrationId, connector);
  }

  /** Once that has committed, nobody needs to wait for the next round. */
  begin(): void {
    this.job.hurry();
  }
}
