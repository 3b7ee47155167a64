import { Module } from '@nestjs/common';
import { SealingModule } from '../sealing/sealing.module.js';
import { ConnectorsController } from './connectors.controller.js';
import { ConnectorsRepository } from './connectors.repository.js';
import { ConnectorsService } from './connectors.service.js';
import { HeartbeatRepository } from './heartbeat.repository.js';
import { HeartbeatService } from './heartbeat.service.js';
import { LeaseClaimsRepository } from './lease-claims.repository.js';
import { LeaseClaimsService } from './lease-claims.service.js';
import { LeaseRepository } from './lease.repository.js';
import { LeaseService } from './lease.service.js';
import { SpellsRepository } from './spells.repository.js';
import { ConnectorTypesRepository } from './types/connector-types.repository.js';
import { ConnectorTypesService } from './types/connector-types.service.js';

/**
 * Connectors: the processes that collect. Owns their registration, heartbeats and leases, the catalogue of
 * connector types, and the fence that a lease puts around ingest. Integrations themselves (configuration,
 * secrets) belong to integrations/.
 */
@Module({
  imports: [SealingModule],
  controllers: [ConnectorsController],
  providers: [
    ConnectorsRepository,
    ConnectorsService,
    ConnectorTypesRepository,
    ConnectorTypesService,
    HeartbeatRepository,
    HeartbeatService,
    LeaseClaimsRepository,
    LeaseClaimsService,
    LeaseRepository,
    LeaseService,
    SpellsRepository,
  ],
  exports: [ConnectorTypesService, LeaseService],
})
export class ConnectorsModule {}
