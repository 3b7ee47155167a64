import type { components } from '@octokit/openapi-types';
import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type BranchMove, branchOf } from '@painchain/connector-sdk/wording';
import { branchEvent } from './branch-move.js';
import { detailsOf } from './comparison.js';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Id, Instant, Sha, User, loginOf, reading } from './payload.js';
import { unsupported } from './reasons.js';

/** One entry of a repository's activity: https://docs.github.com/en/rest/repos/repos#list-repository-activities */
export const Activity = reading<components['schemas']['activity']>()(
  z.object({
    id: Id,
    ref: z.string(),
    before: Sha,
    after: Sha,
    timestamp: Instant,
    activity_type: z.string(),
    actor: User,
  }),
);
export type Activity = z.output<typeof Activity>;

const kinds: Readonly<Record<string, Pick<BranchMove, 'type' | 'how'>>> = {
  push: { type: 'push' },
  force_push: { type: 'force_push' },
  branch_creation: { type: 'branch_created' },
  branch_deletion: { type: 'branch_deleted' },
  pr_merge: { type: 'push', how: 'pull request merged' },
  merge_queue_merge: { type: 'push', how: 'merge queue' },
};

function kindOf({ activity_type }: Activity): Pick<BranchMove, 'type' | 'how'> | undefined {
  return Object.hasOwn(kinds, activity_type) ? kinds[activity_type] : undefined;
}

/** Whether commits lie between what it was before and after, so that a comparison says more of it. */
export function isComparable(activity: Activity): boolean {
  const type = kindOf(activity)?.type;
  return branchOf(activity.ref) !== undefined && (type === 'push' || type === 'force_push');
}

/**
 * An entry of the activity, with the comparison of its two commits where that is known, else null: a branch was
 * made, moved forward, rewritten or deleted.
 */
export function translatePush(
  activity: unknown,
  comparison: unknown,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const read = Activity.safeParse(activity);
  if (!read.success) return unsupported('an activity of another shape');
  const { ref, before, after, timestamp, actor } = read.data;
  const kind = kindOf(read.data);
  if (!kind) return unsupported('an activity of another kind');
  const move: BranchMove = { ...kind, ref, before, after, at: timestamp, actor: loginOf(actor) };
  return branchEvent(move, detailsOf(comparison), repository, sighting);
}
