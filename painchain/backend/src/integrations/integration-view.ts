import type { IntegrationView } from '@painchain/contract';
import { encodeId } from '../database/opaque-id.js';
import { integrationHealth, integrationStatus } from './integration-health.js';
import type { ShownIntegration } from './integrations.repository.js';

export function toView(integration: ShownIntegration): IntegrationView {
  const { id, type, name, group, config, file, trouble, sources, connectorId } = integration;
  const health = integrationHealth(integration);
  return {
    id: encodeId('int', id),
    type,
    name,
    group,
    config,
    status: integrationStatus(health),
    health,
    managed_by: file === null ? 'api' : 'file',
    file,
    registered_at: integration.registeredAt,
    updated_at: integration.updatedAt,
    last_sync: integration.lastSync,
    last_event_at: integration.lastEventAt,
    last_heartbeat: integration.lastHeartbeat,
    connector_id: connectorId === null ? null : encodeId('con', connectorId),
    sources,
    trouble,
    drift: integration.drift,
  };
}
