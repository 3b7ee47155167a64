import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { EventsModule } from '../events/events.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { SealingModule } from '../sealing/sealing.module.js';
import { CommandsRepository } from './commands.repository.js';
import { CommandsService } from './commands.service.js';
import { IntegrationWritesService } from './integration-writes.service.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsRepository } from './integrations.repository.js';
import { IntegrationsService } from './integrations.service.js';
import { StandingsRepository } from './standings.repository.js';
import { StandingsService } from './standings.service.js';

/**
 * Integrations: registered credentials and configurations. Owns who may change them, what of them may be seen,
 * how they do, and the commands to them. Who works through them, and how far they have come, is connectors/.
 */
@Module({
  imports: [ConnectorsModule, EventsModule, RetentionModule, SealingModule],
  controllers: [IntegrationsController],
  providers: [
    CommandsRepository,
    CommandsService,
    IntegrationsRepository,
    IntegrationsService,
    IntegrationWritesService,
    StandingsRepository,
    StandingsService,
  ],
  exports: [StandingsService],
})
export class IntegrationsModule {}
