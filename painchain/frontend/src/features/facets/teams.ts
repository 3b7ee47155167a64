import type { Team, TeamList } from '@painchain/contract';
import { any, type Query } from '@painchain/query';
import { queryOptions } from '@tanstack/react-query';
import { and, chosenValues, type Edit, has, withoutValue } from '../../address/conditions.js';
import { apiUrl, getJson } from '../../api/client.js';

const tag = { name: 'tag' } as const;

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => getJson<TeamList>(apiUrl('/teams'), signal),
  select: (answer) => answer.teams,
  staleTime: 60_000,
  retry: false,
});

/** Whether a query asks for just what is this team's. */
export function isTeamChosen(query: Query, team: Team): boolean {
  const { included } = chosenValues(query, tag);
  return included.length === team.tags.length && team.tags.every((each) => included.includes(each));
}

/** Of all tags those of this team, in one condition; of undefined any again. What is excluded stays excluded. */
export function chosenTeam(team: Team | undefined): Edit {
  return (query) => {
    const { included } = chosenValues(query, tag);
    const rest = included.reduce((before, value) => withoutValue(tag, value)(before), query);
    return team ? and(any(team.tags.map((each) => has(tag, each))))(rest) : rest;
  };
}
