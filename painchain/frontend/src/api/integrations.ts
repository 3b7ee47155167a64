import type {
  CommandView,
  Histogram,
  IntegrationActivity,
  IntegrationUpdate,
  IntegrationView,
  NewIntegration,
  TimelinePage,
} from '@painchain/contract';
import { queryOptions } from '@tanstack/react-query';
import { apiUrl, getJson, sendJson } from './client.js';

function pathOf(id: string): string {
  return `/integrations/${encodeURIComponent(id)}`;
}

export function integrationQuery(id: string, everyMs: number | false) {
  return queryOptions({
    queryKey: ['integration', id],
    queryFn: ({ signal }) => getJson<IntegrationView>(apiUrl(pathOf(id)), signal),
    refetchInterval: everyMs,
    retry: false,
  });
}

/** How many events each integration brought in each of the last 24 hours, by its id. */
export const activityQuery = queryOptions({
  queryKey: ['integration-activity'],
  queryFn: ({ signal }) => getJson<IntegrationActivity>(apiUrl('/integrations/activity'), signal),
  select: ({ integrations }) =>
    new Map(integrations.map(({ integration_id, hours }) => [integration_id, hours])),
  refetchInterval: 60_000,
  retry: false,
});

/** All events that an integration has brought since `from`. */
export function broughtQuery(id: string, from: string) {
  const asked = { q: `integration:${id}`, from, buckets: 1 };
  return queryOptions({
    queryKey: ['brought', id, from],
    queryFn: ({ signal }) => getJson<Histogram>(apiUrl('/timeline/histogram', asked), signal),
  });
}

/** What asks the timeline for the changes of an integration's configuration. */
export function changesOf(id: string): string {
  return `connector:painchain subject:"integration/${id}"`;
}

/** The last changes of an integration's configuration. */
export function changesQuery(id: string, limit: number) {
  return queryOptions({
    queryKey: ['integration-changes', id],
    queryFn: ({ signal }) => getJson<TimelinePage>(apiUrl('/timeline', { q: changesOf(id), limit }), signal),
    select: (page) => page.rows,
    refetchInterval: 30_000,
  });
}

export function registerIntegration(given: NewIntegration): Promise<IntegrationView> {
  return sendJson('POST', apiUrl('/integrations'), given);
}

export function updateIntegration(id: string, update: IntegrationUpdate): Promise<IntegrationView> {
  return sendJson('PUT', apiUrl(pathOf(id)), update);
}

export function removeIntegration(id: string, events: 'keep' | 'delete'): Promise<void> {
  return sendJson('DELETE', apiUrl(pathOf(id), { events }));
}

/** Asks the connector that works through an integration for a test or a sync; it hears of it with its next heartbeat. */
export function queueCommand(id: string, kind: CommandView['kind']): Promise<CommandView> {
  return sendJson('POST', apiUrl(`${pathOf(id)}/${kind}`));
}

export function findCommand(id: string, commandId: string, signal: AbortSignal): Promise<CommandView> {
  return getJson(apiUrl(`${pathOf(id)}/commands/${encodeURIComponent(commandId)}`), signal);
}
