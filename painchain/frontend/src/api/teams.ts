import type { NewTeam, Team, TeamList } from '@painchain/contract';
import { queryOptions } from '@tanstack/react-query';
import { apiUrl, getJson, sendJson } from './client.js';

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => getJson<TeamList>(apiUrl('/teams'), signal),
  select: (answer) => answer.teams,
  staleTime: 60_000,
  retry: false,
});

/** Saves a team: over the one with this id, or as a further one. */
export function saveTeam(team: NewTeam, id?: string): Promise<Team> {
  return id === undefined
    ? sendJson('POST', apiUrl('/teams'), team)
    : sendJson('PUT', apiUrl(`/teams/${encodeURIComponent(id)}`), team);
}

export function removeTeam(id: string): Promise<void> {
  return sendJson('DELETE', apiUrl(`/teams/${encodeURIComponent(id)}`));
}
