import type { Team } from '@painchain/contract';
import { any, type Query } from '@painchain/query';
import { and, chosenValues, type Edit, has, withoutValue } from '../../address/conditions.js';

const tag = { name: 'tag' } as const;

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
