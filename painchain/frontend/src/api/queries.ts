import { queryOptions } from '@tanstack/react-query';
import type {
  ConnectorList,
  ConnectorTypeView,
  IntegrationList,
  ProjectList,
  ProjectView,
  StoredEvent,
  TimelinePage,
} from '@painchain/contract';
import { apiUrl, getJson } from './client.js';

/** Pages of projects that the filter reads at most; beyond that its search box would be the wrong tool anyway. */
const maxProjectPages = 25;

async function allProjects(signal: AbortSignal): Promise<ProjectView[]> {
  const projects: ProjectView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxProjectPages; page += 1) {
    const answer = await getJson<ProjectList>(apiUrl('/projects', { cursor }), signal);
    projects.push(...answer.projects);
    if (answer.next_cursor === null) break;
    cursor = answer.next_cursor;
  }
  return projects;
}

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

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => allProjects(signal),
  staleTime: 30_000,
});

export const connectorTypesQuery = queryOptions({
  queryKey: ['connector-types'],
  queryFn: ({ signal }) => getJson<{ types: ConnectorTypeView[] }>(apiUrl('/connectors/types'), signal),
  select: (answer) => answer.types,
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
  queryFn: ({ signal }) => getJson<TimelinePage>(apiUrl('/timeline', { sort: 'timestamp', limit: 1 }), signal),
  select: (page) => page.rows[0]?.timestamp,
  staleTime: 60_000,
});
