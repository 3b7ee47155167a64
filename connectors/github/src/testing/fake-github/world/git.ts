import { addCommit, nothing } from '@painchain/connector-sdk/testing/pretend';
import { headMoved } from './heads.js';
import type { Repository } from './repository.js';

/** Branches and the commits they are at. */
export type Branches = Map<string, string>;

export interface Tag {
  /** What the ref points at: the commit, or the annotation. */
  object: string;
  commit: string;
  annotation?: { message: string; by: string; at: number };
}

export type ActivityType =
  'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge' | 'merge_queue_merge';

export interface ActivityRecord {
  id: number;
  before: string;
  after: string;
  branch: string;
  at: number;
  type: ActivityType;
  by: string;
  visibleFrom: number;
}

const told: Record<ActivityType, string> = {
  push: 'push',
  force_push: 'force_push',
  branch_creation: 'branch_created',
  branch_deletion: 'branch_deleted',
  pr_merge: 'push',
  merge_queue_merge: 'push',
};

/** Moves, makes or deletes a branch, as an activity says it, and with it the pull requests that come from it. */
export function moveBranch(
  repository: Repository,
  branch: string,
  after: string,
  type: ActivityType,
  by: string,
): void {
  const { world } = repository;
  const before = repository.branches.get(branch) ?? nothing;
  if (after === nothing) repository.branches.delete(branch);
  else repository.branches.set(branch, after);
  const visibleFrom = world.visibleFrom();
  repository.activities.push({
    id: world.id(),
    before,
    after,
    branch,
    at: world.now(),
    type,
    by,
    visibleFrom,
  });
  repository.fact(told[type], `branch/${branch}`, `${before}..${after}`, visibleFrom);
  if (after !== nothing) headMoved(repository, branch, after);
}

/** Some commits on top of a branch. */
export function push(repository: Repository, branch: string, by: string, commits = 1): string {
  let tip = repository.branches.get(branch) ?? nothing;
  for (let made = 0; made < commits; made += 1) tip = addCommit(repository, { by, parents: [tip] });
  moveBranch(repository, branch, tip, 'push', by);
  return tip;
}

export function createBranch(repository: Repository, branch: string, by: string, from?: string): void {
  const tip = from ?? repository.branches.get(repository.defaultBranch) ?? nothing;
  moveBranch(repository, branch, tip, 'branch_creation', by);
}

/** A new history beside the old one: one commit on what was before the tip. */
export function rewrite(repository: Repository, branch: string, by: string): void {
  const tip = repository.commits.get(repository.branches.get(branch) ?? '');
  const after = addCommit(repository, { by, parents: tip?.parents ?? [], message: 'Change it otherwise' });
  moveBranch(repository, branch, after, 'force_push', by);
}

/** Makes, moves (`commit` given) or deletes a tag. */
export function setTag(
  repository: Repository,
  name: string,
  commit: string | undefined,
  by: string,
  annotated = false,
): void {
  const { world, tags } = repository;
  const known = tags.get(name);
  const subject = `tag/${name}`;
  if (commit === undefined) {
    if (!known) return;
    tags.delete(name);
    const gone = repository.stand(subject, '');
    return repository.fact('tag_deleted', subject, '', world.now(), gone);
  }
  const object = annotated ? world.sha() : commit;
  const annotation = { message: `Version ${name}`, by, at: world.now() };
  tags.set(name, { object, commit, ...(annotated ? { annotation } : {}) });
  const standing = repository.stand(subject, object);
  const type = known ? 'tag_moved' : 'tag_created';
  repository.fact(type, subject, object, world.now(), standing);
}
