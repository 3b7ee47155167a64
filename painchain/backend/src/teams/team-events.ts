import { isDeepStrictEqual } from 'node:util';
import type { JsonValue, Team } from '@painchain/contract';
import type { OwnEvent } from '../events/own-events.service.js';

export function teamCreated(team: Team): OwnEvent {
  return eventOf('created', team, [{ field: 'tags', old: null, new: team.tags }]);
}

/** Undefined when it is what it was. */
export function teamUpdated(before: Team, after: Team): OwnEvent | undefined {
  const changes = (['name', 'tags'] as const).flatMap((field) =>
    isDeepStrictEqual(before[field], after[field]) ? [] : [{ field, old: before[field], new: after[field] }],
  );
  return changes.length > 0 ? eventOf('updated', after, changes) : undefined;
}

export function teamDeleted(team: Team): OwnEvent {
  return eventOf('deleted', team, [{ field: 'tags', old: team.tags, new: null }]);
}

function eventOf(
  what: 'created' | 'updated' | 'deleted',
  { id, name }: Team,
  changes: { field: string; old: JsonValue; new: JsonValue }[],
): OwnEvent {
  const fields = what === 'updated' ? `: ${changes.map(({ field }) => field).join(', ')}` : '';
  return {
    type: `team_${what}`,
    title: `Team "${name}" ${what}${fields}`,
    subject: `team/${id}`,
    data: { team: { id, name }, changes, by: 'api' },
  };
}
