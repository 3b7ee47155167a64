import { queryOptions } from '@tanstack/react-query';
import type {
  ConnectorList,
  ConnectorTypeView,
  IntegrationList,
  StoredEvent,
  TimelinePage,
} from '@painchain/contract';
import { apiUrl, getJson } from './client.js';

/** The integrations with their health. It is asked so often that it also tells whether the backend is there. */
export function integrationsQuery(everyMs: number) {
  return queryOptions({
    queryKey: ['integrations'],
    queryFn: ({ signal }) => getJson<IntegrationList>(apiUrl('/integrations'), signal),
    select: (answer) => answer.integrations,
    refetchInterval: everyMs,
    retry: false,
  });
}

export function connectorsQuery(everyMs: number) {
  return queryOptions({
    queryKey: ['connectors'],
    queryFn: ({ signal }) => getJson<ConnectorList>(apiUrl('/connectors'), signal),
    select: (answer) => answer.connectors,
    refetchInterval: everyMs,
    retry: false,
  });
}

export const connectorTypesQuery = queryOptions({
  queryKey: ['connector-types'],
  queryFn: ({ signal }) => getJson<{ types: ConnectorTypeView[] }>(apiUrl('/connectors/types'), signal),
  select: (answer) => answer.types,
  staleTime: 60_000,
});

/** What the backend says of itself. */
export const indexQuery = queryOptions({
  queryKey: ['index'],
  queryFn: ({ signal }) => getJson<{ contract_version: string }>(apiUrl(''), signal),
  staleTime: 60_000,
});

export function eventQuery(id: string) {
  return queryOptions({
    queryKey: ['event', id],
    queryFn: ({ signal }) => getJson<StoredEvent>(apiUrl(`/events/${encodeURIComponent(id)}`), signal),
    // An event is an immutable fact.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** When the oldest event that is kept happened; retention moves it on slowly. */
export const oldestEventQuery = queryOptions({
  queryKey: ['oldest-event'],
  queryFn: ({ signal }) =>
    getJson<TimelinePage>(apiUrl('/timeline', { sort: 'timestamp', limit: 1 }), signal),
  select: (page) => page.rows[0]?.timestamp,
  staleTime: 60_000,
});
