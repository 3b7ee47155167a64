import { Injectable } from '@nestjs/common';
import { StandingsRepository } from './standings.repository.js';

/** Whether an integration is worked through, without its sources and its configuration. */
export interface IntegrationStanding {
  id: string;
  type: string;
  name: string;
  enabled: boolean;
  /** Managed by a file whose connector is gone. */
  orphaned: boolean;
  /** What keeps all of it from working. */
  trouble: string | null;
  /** In milliseconds since 1970. */
  lastHeartbeatMs: number | null;
  hasSources: boolean;
}

@Injectable()
export class StandingsService {
  constructor(private readonly standings: StandingsRepository) {}

  /** All integrations, by name. */
  list(tenantId: number): Promise<IntegrationStanding[]> {
    return this.standings.list(tenantId);
  }
}
