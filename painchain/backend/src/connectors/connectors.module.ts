import { Module } from '@nestjs/common';
import { LeaseRepository } from './lease.repository.js';
import { LeaseService } from './lease.service.js';

/**
 * Connectors: the processes that collect. Owns their registration, heartbeats and leases, the catalogue of
 * connector types, and the fence that a lease puts around ingest. Integrations themselves (configuration,
 * secrets) belong to integrations/.
 */
@Module({
  providers: [LeaseRepository, LeaseService],
  exports: [LeaseService],
})
export class ConnectorsModule {}
