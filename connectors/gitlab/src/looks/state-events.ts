import type { Reading } from '@painchain/connector-sdk';
import { type StateChange, readStateEvent } from '../translate/state-event.js';
import type { Round } from './look.js';

/** Whoever closes and opens one thing more often than that does it by a machine. */
const mostPages = 5;

/** A change of state, and the payload that says so. */
export interface NotedState extends StateChange {
  payload: unknown;
}

/** When one thing was closed and opened again, by its path, the oldest first; undefined where it may not be asked for. */
export async function stateEventsOf(
  { gitlab, signal, take }: Pick<Round, 'gitlab' | 'signal' | 'take'>,
  path: string,
): Promise<NotedState[] | undefined> {
  const noted: NotedState[] = [];
  let next: string | URL | undefined = `${path}/resource_state_events?per_page=100`;
  for (let page = 0; next !== undefined && page < mostPages; page += 1) {
    const found: Reading | undefined = await gitlab.find(next, { signal });
    if (found?.unchanged !== false || !Array.isArray(found.json)) return undefined;
    for (const payload of found.json as unknown[]) {
      const change = readStateEvent(payload);
      if (change) noted.push({ ...change, payload });
      if (change === undefined) take({ kind: 'unsupported', what: 'state event' });
    }
    next = found.next;
  }
  return noted.sort((one, other) => one.id - other.id);
}

/** Those that haven't been told: behind the last that was, or, where none is remembered, not from long ago. */
export function untold(
  noted: readonly NotedState[],
  lastTold: number | null | undefined,
  since: string,
): NotedState[] {
  return noted.filter(({ id, at }) =>
    lastTold == null ? Date.parse(at) >= Date.parse(since) : id > lastTold,
  );
}

/** So long an event may show later than the state that it is of. */
const lateMs = 10 * 60_000;

/** Whether what belongs to its state, and doesn't show, may show yet. */
export function mayShowLate({ updated_at }: { updated_at: string }, { at }: Pick<Round, 'at'>): boolean {
  return Date.parse(updated_at) >= Date.parse(at) - lateMs;
}

/** Whether its events say what state it is in; else they are to be asked for again, unless they never will. */
export function isSettled(
  ticket: { state: string; updated_at: string },
  noted: readonly NotedState[] | undefined,
  round: Pick<Round, 'at'>,
): boolean {
  if (noted === undefined || !mayShowLate(ticket, round)) return true;
  const { state } = ticket;
  const last = noted.at(-1)?.kind;
  if (state === 'closed') return last === 'closed';
  return state !== 'opened' || last !== 'closed';
}
