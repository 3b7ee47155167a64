import type { Approval } from '../../translate/approvals.js';
import type { MergeRequest } from '../../translate/merge-request-facts.js';
import type { MergeRequestChange } from '../../translate/merge-request.js';
import type { Round } from '../look.js';
import { type NotedState, isSettled, mayShowLate } from '../state-events.js';

/** A push undoes approvals some seconds after it, and on most servers that touches nothing that a list shows. */
const undoneMs = 60_000;

/** What has been seen of a merge request. */
export interface SeenOfIt {
  shown: readonly MergeRequestChange[];
  approvals: readonly Approval[] | undefined;
  states: readonly NotedState[] | undefined;
}

/** Whether nothing of it may show yet that wouldn't touch it; else it is to be looked at once more. */
export function isWholeShown(
  mergeRequest: MergeRequest,
  { shown, approvals = [], states }: SeenOfIt,
  round: Pick<Round, 'at'>,
): boolean {
  const { state, merged_at, updated_at } = mergeRequest;
  if (state === 'merged' && merged_at === undefined && mayShowLate(mergeRequest, round)) return false;
  const isPushed = shown.some(({ kind }) => kind === 'updated');
  const isFresh = Date.parse(updated_at) >= Date.parse(round.at) - undoneMs;
  return !(isPushed && isFresh && approvals.length > 0) && isSettled(mergeRequest, states, round);
}
