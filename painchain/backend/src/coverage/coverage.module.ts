import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { CoverageController } from './coverage.controller.js';
import { CoverageRepository } from './coverage.repository.js';
import { CoverageService } from './coverage.service.js';

/**
 * How completely was seen what happened, by source, integration and altogether. Owns what is made of it; the spells
 * themselves are kept by connectors/ as they are reported or found, and go with retention/.
 */
@Module({
  imports: [IntegrationsModule, RetentionModule],
  controllers: [CoverageController],
  providers: [CoverageRepository, CoverageService],
})
export class CoverageModule {}
