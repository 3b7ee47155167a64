import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthRepository } from './health.repository.js';
import { ReadinessService } from './readiness.service.js';

/** Owns what orchestrators ask: live and ready. */
@Module({
  controllers: [HealthController],
  providers: [HealthRepository, ReadinessService],
  exports: [ReadinessService],
})
export class HealthModule {}
