import type { Approval } from '../../translate/approvals.js';
import type { Head } from '../../translate/heads.js';
import type { MergeRequest } from '../../translate/merge-request-facts.js';
import type { MergeRequestChange } from '../../translate/merge-request.js';
import type { Terms } from '../terms.js';
import { type Approvers, type KnownMergeRequest, headOf, isMerged, targetOf } from './merge-request-state.js';

/** What a merge request shows of itself in its list, against what was known of it. */
export function shownChanges(
  mergeRequest: MergeRequest,
  known: KnownMergeRequest | undefined,
  { since }: Pick<Terms, 'since'>,
): MergeRequestChange[] {
  const isRecent = (instant: string) => Date.parse(instant) >= Date.parse(since);
  const { created_at, merged_at, sha, state } = mergeRequest;
  const changes: MergeRequestChange[] = [];
  if (known && isMerged(known)) return changes;
  if (!known && isRecent(created_at)) changes.push({ kind: 'opened' });
  // While GitLab prepares a merge request it has no head.
  if (known && known.head !== '' && sha !== undefined && !sha.startsWith(known.head)) {
    changes.push({ kind: 'updated', before: known.head });
  }
  if (known && known.target !== targetOf(mergeRequest)) changes.push({ kind: 'retargeted' });
  if (state === 'merged' && merged_at !== undefined && (known || isRecent(merged_at))) {
    changes.push({ kind: 'merged' });
  }
  return changes;
}

/** That its head was moved from one to the next, from the one at `first` on to the one at `last`. */
function movesOf(heads: readonly Head[], first: number, last: number): MergeRequestChange[] {
  return heads
    .slice(first + 1, last + 1)
    .map((head, index) => ({ kind: 'updated', before: heads[first + index]?.sha, head }));
}

/**
 * Each of the heads that it has had since it was looked at, or was opened, where GitLab says them; else the last one.
 *
 * @param before when it was looked at: the head that was known is the one it had then
 */
export function headChanges(
  change: MergeRequestChange,
  { sha }: MergeRequest,
  heads: readonly Head[] | undefined,
  before: string | null,
): MergeRequestChange[] {
  if (!heads) return [change];
  // A push since the list was read is left for the next look.
  const last = heads.findLastIndex((head) => head.sha === sha);
  if (change.kind === 'opened') return [change, ...movesOf(heads, 0, last)];
  if (change.kind !== 'updated') return [change];
  const wasThere = ({ at }: Head) => before === null || Date.parse(at) <= Date.parse(before);
  const known = heads.findLastIndex((head) => head.sha.startsWith(change.before ?? '') && wasThere(head));
  return known === -1 || last <= known ? [change] : movesOf(heads, known, last);
}

/**
 * Whose approval it has or no longer has, against what was known. Where nothing was, as of one that was opened long ago,
 * only an approval that says when it was given can be news.
 */
export function approvalChanges(
  approvals: readonly Approval[] | undefined,
  before: Approvers | null,
  { since }: Pick<Terms, 'since'>,
): MergeRequestChange[] {
  if (!approvals) return [];
  const had = new Set(before?.map(([id]) => id));
  const has = new Set(approvals.map(({ id }) => id));
  const isNews = ({ id, at }: Approval) =>
    before ? !had.has(id) : at !== undefined && Date.parse(at) >= Date.parse(since);
  const given = approvals.filter(isNews).map((by) => ({ kind: 'approved' as const, by }));
  const gone = (before ?? [])
    .filter(([id]) => !has.has(id))
    .map(([id, username]) => ({
      kind: 'unapproved' as const,
      by: { id, username: username === '' ? undefined : username },
    }));
  return [...given, ...gone];
}

/** What is known of it from now on. */
export function learned(
  mergeRequest: MergeRequest,
  known: KnownMergeRequest | undefined,
  { approvals, lastEvent }: { approvals: readonly Approval[] | undefined; lastEvent: number | undefined },
): KnownMergeRequest {
  const approvers = approvals?.map(({ id, username = '' }): Approvers[number] => [id, username]);
  return {
    head: headOf(mergeRequest) || (known?.head ?? ''),
    target: targetOf(mergeRequest),
    approvers: approvers ?? known?.approvers ?? null,
    lastEvent: lastEvent ?? known?.lastEvent ?? null,
  };
}
