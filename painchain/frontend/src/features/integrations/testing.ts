import type { IntegrationView, SourceStatus } from '@painchain/contract';

export const trouble = {
  code: 'x',
  detail: 'It says no.',
  remedy: 'Ask nicely.',
  since: '2026-01-01T00:00:00Z',
};

export function source(given: Partial<SourceStatus> = {}): SourceStatus {
  return {
    source: 'acme/api',
    project: null,
    state: 'healthy',
    watermark: null,
    last_sync: null,
    next_sync: null,
    lag_seconds: null,
    rate_limit: null,
    progress: null,
    trouble: null,
    intervals: [],
    ...given,
  };
}

export function integration(given: Partial<IntegrationView> = {}): IntegrationView {
  return {
    id: 'int_1',
    type: 'made-up',
    name: 'acme',
    group: null,
    config: {},
    status: 'active',
    health: 'healthy',
    managed_by: 'api',
    file: null,
    registered_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    last_sync: null,
    last_event_at: null,
    last_heartbeat: null,
    connector_id: null,
    sources: [],
    trouble: null,
    drift: null,
    ...given,
  };
}
