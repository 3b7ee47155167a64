import { z } from 'zod';
import { Id, Instant, Username } from './payload.js';

/**
 * An event of the list at `/resource_state_events`: https://docs.gitlab.com/api/resource_state_events/. A merge has one,
 * too, and `opened` stands for nothing but an import.
 */
const StateEvent = z.object({ id: Id, user: Username, created_at: Instant, state: z.string() });

/** A change of state that has an id of its own. */
export interface StateChange {
  id: number;
  kind: 'closed' | 'reopened';
  at: string;
  by: string | undefined;
}

/** Null for a state that is told otherwise or not at all, undefined for what can't be read. */
export function readStateEvent(payload: unknown): StateChange | null | undefined {
  const { data } = StateEvent.safeParse(payload);
  if (!data) return undefined;
  const { id, state, created_at: at, user: by } = data;
  return state === 'closed' || state === 'reopened' ? { id, kind: state, at, by } : null;
}
