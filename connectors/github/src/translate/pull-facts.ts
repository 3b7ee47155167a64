import type { SourceEvent } from '@painchain/connector-sdk';
import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Id, Instant, Link, Login, Sha, actorOf, reading, urlOf } from './payload.js';
import type { ReviewFacts } from './reviews.js';
import { Labels, Logins, Milestone } from './ticket.js';
import { backfillOf, commitRef, refsOf, whenSeen, windowData } from './wording.js';

type Schemas = components['schemas'];

const Count = z.int().nonnegative().optional().catch(undefined);

/** A pull request as lists, details and webhooks have it; counts are in the latter two only. */
export const Pull = reading<Schemas['pull-request-webhook']>()(
  reading<Schemas['pull-request-simple']>()(
    z.object({
      id: Id,
      number: z.int().positive(),
      title: z.string(),
      html_url: Link,
      body: z.string().nullish(),
      user: Login,
      draft: z.boolean().optional().catch(undefined),
      labels: Labels.optional(),
      milestone: Milestone,
      requested_reviewers: Logins,
      created_at: Instant,
      updated_at: Instant,
      closed_at: Instant.nullish(),
      merged_at: Instant.nullish(),
      merge_commit_sha: Sha.nullish().catch(null),
      merged_by: Login,
      head: z.object({ ref: z.string(), sha: Sha }),
      base: z.object({ ref: z.string() }),
      additions: Count,
      deletions: Count,
      changed_files: Count,
      commits: Count,
    }),
  ),
);
export type Pull = z.output<typeof Pull>;

/** What is told of a pull request. Its issue says most of it, where the pull request itself can't be asked for. */
export type PullWords = Omit<Pull, 'id' | 'updated_at' | 'head' | 'base'> &
  Partial<Pick<Pull, 'head' | 'base'>>;

/** What has happened to a pull request, and what only that way of seeing it knows. */
export type PullFact =
  | { kind: 'opened' }
  | { kind: 'merged'; at: string }
  /** Its head has moved; `before` may be the beginning of a commit's name. */
  | { kind: 'updated'; at: string; before?: string | undefined }
  | { kind: 'closed' | 'reopened'; at: string }
  /** A base that changed again since is not this one's. */
  | { kind: 'retargeted'; at: string; to: string | undefined };
/** Facts that the list of pull requests shows, and webhooks can name. */
export type ListedFact = Extract<PullFact, { kind: 'opened' | 'merged' | 'updated' }>;

const statuses: Record<PullFact['kind'], string> = {
  opened: 'open',
  updated: 'open',
  reopened: 'open',
  retargeted: 'open',
  merged: 'merged',
  closed: 'closed',
};

function instantOf(pull: PullWords, fact: PullFact): string {
  return fact.kind === 'opened' ? pull.created_at : fact.at;
}

/** What names such a fact, after the host, however it is seen. */
export function pullKey({ id, head }: Pull, kind: ListedFact['kind'], { again }: Sighting): string[] {
  const key = ['pr', String(id)];
  if (kind !== 'updated') return [...key, kind];
  return [...key, 'head', head.sha, ...(again === undefined ? [] : [again])];
}

function titleOf(pull: PullWords, fact: PullFact): string {
  const words = {
    opened: 'opened',
    merged: 'merged',
    closed: 'closed without a merge',
    reopened: 'reopened',
    updated: 'has new commits',
    retargeted:
      fact.kind === 'retargeted' && fact.to !== undefined ? `retargeted to ${fact.to}` : 'retargeted',
  };
  return `#${pull.number} ${words[fact.kind]}: ${pull.title}`;
}

function countData({ additions, deletions, changed_files, commits }: PullWords): object {
  return {
    ...(commits !== undefined && { commit_count: commits }),
    ...(changed_files !== undefined && { files_total: changed_files }),
    ...(additions !== undefined && { additions }),
    ...(deletions !== undefined && { deletions }),
  };
}

function stateData(pull: PullWords, fact: PullFact): object {
  if (fact.kind !== 'merged') {
    return { merged: false, ...(fact.kind === 'closed' && { closed_at: fact.at }) };
  }
  return {
    merged: true,
    merged_at: fact.at,
    ...(pull.merged_by !== undefined && { merged_by: pull.merged_by }),
    ...(pull.merge_commit_sha && { merge_commit: pull.merge_commit_sha }),
  };
}

/** Who answers to a review of their own pull request has reviewed nothing, though GitHub lists it as a review. */
function reviewData(pull: PullWords, reviews: ReviewFacts | undefined): object {
  const all = new Set([...pull.requested_reviewers, ...(reviews?.reviewers ?? [])]);
  const reviewers = [...all].filter((login) => login !== pull.user);
  return {
    ...(reviewers.length > 0 && { reviewers }),
    ...(reviews && { approvals: reviews.approvals }),
  };
}

/** What it has now isn't what it was given then, if that has changed again since. */
function baseData({ base }: PullWords, fact: PullFact): object {
  const branch = fact.kind === 'retargeted' ? fact.to : base?.ref;
  return branch === undefined ? {} : { base_branch: branch };
}

function dataOf(
  pull: PullWords,
  fact: PullFact,
  reviews: ReviewFacts | undefined,
  sighting: Sighting,
): object {
  return {
    number: pull.number,
    title: pull.title,
    ...(pull.body && { body: pull.body }),
    ...(pull.user !== undefined && { author: pull.user }),
    ...(pull.draft !== undefined && { draft: pull.draft }),
    labels: pull.labels ?? [],
    ...(pull.milestone !== undefined && { milestone: pull.milestone }),
    ...baseData(pull, fact),
    ...(pull.head && { head_branch: pull.head.ref }),
    ...(fact.kind === 'updated' && fact.before !== undefined && { before: fact.before }),
    ...(pull.head && { head_commit: pull.head.sha }),
    ...stateData(pull, fact),
    ...countData(pull),
    ...reviewData(pull, reviews),
    created_at: pull.created_at,
    ...windowData(sighting),
  };
}

/** One fact of a pull request as an event. */
export function pullEvent(
  fact: PullFact,
  pull: PullWords,
  told: { key: readonly string[]; actor: string | undefined; reviews?: ReviewFacts | undefined },
  repository: RepositoryFacts,
  sighting: Sighting,
): SourceEvent {
  const { host, fullName } = repository;
  const merge = fact.kind === 'merged' ? pull.merge_commit_sha : undefined;
  return {
    key_parts: [host, ...told.key],
    title: titleOf(pull, fact),
    type: `pull_request_${fact.kind}`,
    project: fullName,
    ...whenSeen(instantOf(pull, fact), sighting),
    status: statuses[fact.kind],
    ...actorOf(told.actor),
    ...urlOf(pull.html_url),
    subject: `${fullName}/pull/${pull.number}`,
    refs: refsOf(
      `change:${fullName}#${pull.number}`,
      merge ? commitRef(merge) : undefined,
      pull.head ? commitRef(pull.head.sha) : undefined,
    ),
    ...backfillOf(sighting),
    data: dataOf(pull, fact, told.reviews, sighting),
  };
}
