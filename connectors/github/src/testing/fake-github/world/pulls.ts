import { addCommit, nothing } from '@painchain/connector-sdk/testing/pretend';
import { moveBranch } from './git.js';
import { moveHead } from './heads.js';
import { addIssueEvent } from './issues.js';
import type { Repository } from './repository.js';

export interface Review {
  id: number;
  by: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  at: number;
}

export interface Pull {
  id: number;
  number: number;
  title: string;
  by: string;
  head: { branch: string; sha: string; owner: string; fork: boolean };
  base: string;
  draft: boolean;
  labels: string[];
  createdAt: number;
  updatedAt: number;
  closedAt: number | undefined;
  merged: { at: number; by: string; sha: string } | undefined;
  reviews: Review[];
  visibleFrom: number;
}

const subjectOf = ({ number }: Pull) => `pull/${number}`;

/** Proposes a branch; without a branch of this repository, a fork's. */
export function openPull(
  repository: Repository,
  { branch, by, title, base }: { branch: string; by: string; title: string; base?: string },
): Pull {
  const { world } = repository;
  const own = repository.branches.get(branch);
  const main = repository.branches.get(repository.defaultBranch) ?? nothing;
  const sha = own ?? addCommit(repository, { by, parents: [main] });
  const pull: Pull = {
    id: world.id(),
    number: repository.number(),
    title,
    by,
    head: { branch, sha, owner: own === undefined ? by : repository.owner.login, fork: own === undefined },
    base: base ?? repository.defaultBranch,
    draft: world.chance.happens(0.1),
    labels: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: undefined,
    merged: undefined,
    reviews: [],
    visibleFrom: world.visibleFrom(),
  };
  repository.pulls.push(pull);
  repository.stand(`head ${pull.number}`, sha, { from: pull.visibleFrom, first: true });
  repository.fact('pull_request_opened', subjectOf(pull), '', pull.visibleFrom);
  return pull;
}

/** A comment: it changes nothing but when it was last touched. */
export function comment({ world }: Repository, pull: Pull): void {
  pull.updatedAt = world.now();
}

export function review(repository: Repository, pull: Pull, by: string, state: Review['state']): void {
  const at = repository.world.now();
  pull.reviews.push({ id: repository.world.id(), by, state, at });
  pull.updatedAt = at;
}

export function closePull(repository: Repository, pull: Pull, by: string): void {
  const { world } = repository;
  pull.closedAt = world.now();
  pull.updatedAt = world.now();
  const event = addIssueEvent(repository, pull.number, 'closed', by);
  repository.fact('pull_request_closed', subjectOf(pull), '', event.visibleFrom);
}

export function reopenPull(repository: Repository, pull: Pull, by: string): void {
  pull.closedAt = undefined;
  pull.updatedAt = repository.world.now();
  const event = addIssueEvent(repository, pull.number, 'reopened', by);
  repository.fact('pull_request_reopened', subjectOf(pull), '', event.visibleFrom);
}

export function retarget(repository: Repository, pull: Pull, base: string, by: string): void {
  pull.base = base;
  pull.updatedAt = repository.world.now();
  const event = addIssueEvent(repository, pull.number, 'base_ref_changed', by);
  repository.fact('pull_request_retargeted', subjectOf(pull), '', event.visibleFrom);
}

/** A push to a fork: no activity of this repository says it. */
export function pushToFork(repository: Repository, pull: Pull): void {
  const sha = addCommit(repository, { by: pull.by, parents: [pull.head.sha] });
  moveHead(repository, pull, sha);
}

export function mergePull(repository: Repository, pull: Pull, by: string): void {
  const { world } = repository;
  const base = repository.branches.get(pull.base) ?? nothing;
  const message = `Merge pull request #${pull.number}`;
  const sha = addCommit(repository, { by, parents: [base, pull.head.sha], message });
  pull.merged = { at: world.now(), by, sha };
  pull.closedAt = world.now();
  pull.updatedAt = world.now();
  // Whoever looks from now on sees a merged pull request, whatever its head was.
  repository.stand(`head ${pull.number}`, 'merged');
  moveBranch(repository, pull.base, sha, 'pr_merge', by);
  addIssueEvent(repository, pull.number, 'merged', by);
  addIssueEvent(repository, pull.number, 'closed', by);
  repository.fact('pull_request_merged', subjectOf(pull), '', Math.max(world.now(), pull.visibleFrom));
}
