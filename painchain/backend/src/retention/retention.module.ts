import { Module } from '@nestjs/common';
import { RemovalsJob } from './removals.job.js';
import { RemovalsRepository } from './removals.repository.js';
import { RemovalsService } from './removals.service.js';
import { RetentionJob } from './retention.job.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

/**
 * Owns how long things are kept: what ingest may still take, and the jobs that delete what is too old and what goes
 * along with an integration.
 */
@Module({
  providers: [
    RemovalsRepository,
    RemovalsService,
    RemovalsJob,
    RetentionRepository,
    RetentionService,
    RetentionJob,
  ],
  exports: [RemovalsService, RetentionService],
})
export class RetentionModule {}
