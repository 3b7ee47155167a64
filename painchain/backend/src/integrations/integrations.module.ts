import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { SealingModule } from '../sealing/sealing.module.js';
import { CommandsRepository } from './commands.repository.js';
import { CommandsService } from './commands.service.js';
import { IntegrationWritesService } from './integration-writes.service.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsRepository } from './integrations.repository.js';
import { IntegrationsService } from './integrations.service.js';

/**
 * Integrations: registered credentials and configurations. Owns who may change them, what of them may be seen,
 * how they do, and the commands to them. Who works through them, and how far they have come, is connectors/.
 */
@Module({
  imports: [ConnectorsModule, RetentionModule, SealingModule],
  controllers: [IntegrationsController],
  providers: [
    CommandsRepository,
    CommandsService,
    IntegrationsRepository,
    IntegrationsService,
    IntegrationWritesService,
  ],
})
export class IntegrationsModule {}
