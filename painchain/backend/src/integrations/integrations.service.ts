import { Injectable } from '@nestjs/common';
import type {
  IntegrationActivity,
  IntegrationList,
  IntegrationRemoval,
  IntegrationView,
} from '@painchain/contract';
import { decodeId, encodeId } from '../database/opaque-id.js';
import { OwnEventsService } from '../events/own-events.service.js';
import { ProblemError } from '../problem/problem-error.js';
import { RemovalsService } from '../retention/removals.service.js';
import { deletedEvent } from './change-events.js';
import { toView } from './integration-view.js';
import { IntegrationsRepository, type StoredIntegration } from './integrations.repository.js';

@Injectable()
export class IntegrationsService {
  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly removals: RemovalsService,
    private readonly ownEvents: OwnEventsService,
  ) {}

  async list(tenantId: number): Promise<IntegrationList> {
    const found = await this.integrations.list(tenantId);
    return { integrations: found.map(toView) };
  }

  async activity(tenantId: number): Promise<IntegrationActivity> {
    const found = await this.integrations.activity(tenantId);
    return {
      from: found[0]?.from ?? '',
      integrations: found.flatMap(({ id, hours }) =>
        id === null ? [] : [{ integration_id: encodeId('int', id), hours }],
      ),
    };
  }

  /** Throws `not-found`. */
  async find(tenantId: number, id: string): Promise<IntegrationView> {
    const found = await this.integrations.find(tenantId, rowId(id));
    if (!found) throw noSuchIntegration();
    return toView(found);
  }

  /** Throws `not-found`, and `conflict` for what a file manages. */
  async remove(tenantId: number, id: string, { events }: IntegrationRemoval): Promise<void> {
    await this.ownEvents.telling(tenantId, (tell) =>
      this.integrations.transaction(tenantId, async (sql) => {
        const found = await this.integrations.lock(sql, tenantId, rowId(id));
        if (!found) throw noSuchIntegration();
        refuseFileManaged(found);
        await this.integrations.remove(sql, tenantId, found.id);
        if (events === 'delete') await this.removals.request(sql, tenantId, found.id, found.type);
        await tell(sql, deletedEvent({ ...found, file: undefined }, events));
      }),
    );
    if (events === 'delete') this.removals.begin();
  }
}

/** One answer for what never was, is gone or is another tenant's. */
export function noSuchIntegration(): ProblemError {
  return new ProblemError('not-found', 'There is no such integration. See /api/integrations.');
}

export function rowId(id: string): string {
  const decoded = decodeId('int', id);
  if (decoded === undefined) throw noSuchIntegration();
  return decoded;
}

/** What a file says is changed in the file. Only once its connector is gone, it may be cleared away. */
export function refuseFileManaged({ filePath, orphaned }: StoredIntegration): void {
  if (filePath === null || orphaned) return;
  throw new ProblemError(
    'conflict',
    `It is managed by the file ${filePath}: change it there and restart its connector. It can be removed here two minutes after that connector has stopped.`,
  );
}
