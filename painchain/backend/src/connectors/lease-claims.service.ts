import { Inject, Injectable } from '@nestjs/common';
import type { Lease, LeaseAnswer, LeaseRequest } from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import { Clock } from '../config/clock.js';
import { LOGGER } from '../config/tokens.js';
import { decodeId, encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';
import { SealError, SealingService } from '../sealing/sealing.service.js';
import { HeartbeatRepository } from './heartbeat.repository.js';
import { HeartbeatService } from './heartbeat.service.js';
import {
  type ClaimedIntegration,
  LeaseClaimsRepository,
  type StoredCursor,
} from './lease-claims.repository.js';

/** Hands integrations to connectors, with their secrets and the cursors of their sources. */
@Injectable()
export class LeaseClaimsService {
  constructor(
    private readonly heartbeats: HeartbeatRepository,
    private readonly connectors: HeartbeatService,
    private readonly claims: LeaseClaimsRepository,
    private readonly sealing: SealingService,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Throws `not-found` for a connector that must register anew. */
  async exchange(tenantId: number, connectorId: string, request: LeaseRequest): Promise<LeaseAnswer> {
    return this.heartbeats.transaction(async (sql) => {
      const speaker = await this.connectors.speaker(sql, tenantId, connectorId);
      const released = request.release.flatMap(({ integration_id, epoch }) => {
        const id = decodeId('int', integration_id);
        return id === undefined ? [] : [{ id, epoch }];
      });
      if (released.length > 0) await this.claims.release(sql, speaker, released);
      if (request.claim === 0 || speaker.state !== 'running') return { leases: [] };
      const own = await this.claims.claimOwn(sql, speaker, request.claim);
      const room = Math.min(request.claim - own.length, await this.claims.room(sql, speaker));
      const shared = room > 0 ? await this.claims.claimShared(sql, speaker, room) : [];
      return { leases: await this.open(sql, [...own, ...shared]) };
    });
  }

  private async open(sql: Sql, claimed: ClaimedIntegration[]): Promise<Lease[]> {
    if (claimed.length === 0) return [];
    const cursors = byIntegration(await this.claims.cursors(sql, claimed));
    const leases: Lease[] = [];
    for (const integration of claimed) {
      try {
        leases.push(this.lease(integration, cursors.get(integration.id) ?? []));
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        await this.setAside(sql, integration, error);
      }
    }
    return leases;
  }

  private lease(integration: ClaimedIntegration, cursors: StoredCursor[]): Lease {
    const { tenantId, id, epoch, tenant, name, group, sealed } = integration;
    return {
      integration_id: encodeId('int', id),
      epoch,
      tenant_id: tenant,
      name,
      group,
      config: this.sealing.open(tenantId, id, sealed),
      sources: cursors.map(({ source, cursor, version, watermark }) => ({
        source,
        cursor,
        version,
        watermark,
      })),
    };
  }

  private async setAside(sql: Sql, integration: ClaimedIntegration, error: SealError): Promise<void> {
    const { tenantId, id } = integration;
    this.logger.error({ err: error, integration: encodeId('int', id) }, 'an integration is set aside');
    await this.claims.setAside(
      sql,
      { tenantId, id },
      {
        code: 'sealed',
        detail: error.message,
        remedy: 'Start with the key that sealed it (PAINCHAIN_SECRET_KEY), or give its secrets again.',
        since: this.clock.now().toISOString(),
      },
    );
  }
}

function byIntegration(cursors: StoredCursor[]): Map<string, StoredCursor[]> {
  const groups = new Map<string, StoredCursor[]>();
  for (const cursor of cursors) {
    const group = groups.get(cursor.integrationId);
    if (group) group.push(cursor);
    else groups.set(cursor.integrationId, [cursor]);
  }
  return groups;
}
