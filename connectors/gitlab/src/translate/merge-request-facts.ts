import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { Id, Iid, Instant, Link, Sha, Username, Usernames, actorOf, urlOf } from './payload.js';
import { Flag, Labels, MaybeInstant, Milestone, Words, assigned, assigneesOf } from './ticket.js';
import { backfillOf, changeRef, commitRef, refsOf, whenSeen, windowData } from './wording.js';

const MaybeSha = Sha.nullish()
  .catch(null)
  .transform((sha) => sha ?? undefined);

/** A merge request as lists and details have it. */
export const MergeRequest = z
  .object({
    id: Id,
    iid: Iid,
    title: z.string(),
    description: Words,
    web_url: Link,
    state: z.string(),
    author: Username,
    ...assigned,
    reviewers: Usernames,
    labels: Labels,
    milestone: Milestone,
    draft: Flag,
    /** As drafts were called once. */
    work_in_progress: Flag,
    source_branch: z.string(),
    target_branch: z.string(),
    /** Its head; missing while GitLab still prepares it. */
    sha: MaybeSha,
    merge_commit_sha: MaybeSha,
    squash_commit_sha: MaybeSha,
    squash: Flag,
    /** What `merged_by` is called since GitLab 14.7. */
    merge_user: Username,
    merged_by: Username,
    created_at: Instant,
    updated_at: Instant,
    merged_at: MaybeInstant,
    closed_at: MaybeInstant,
  })
  .transform(({ assignee, assignees, work_in_progress, merge_user, merged_by, ...rest }) => ({
    ...rest,
    assignees: assigneesOf({ assignees, assignee }),
    draft: rest.draft ?? work_in_progress,
    merged_by: merge_user ?? merged_by,
  }));
export type MergeRequest = z.output<typeof MergeRequest>;

/** What is told of it, beside its facts; each is undefined where nobody has asked, or nobody may know. */
export interface MergeRequestExtent {
  commit_count?: number | undefined;
  files_total?: number | undefined;
  /** Usernames of those whose approval it has. */
  approvals?: readonly string[] | undefined;
}

/** Who approved it, or no longer does. */
export interface Approver {
  id: number;
  username: string | undefined;
}

/** What has happened to a merge request, and what only that way of seeing it knows. */
export type MergeRequestFact =
  | { kind: 'opened' }
  | { kind: 'merged'; at: string }
  /** Its head has moved; `before` may be the beginning of a commit's name. */
  | { kind: 'updated'; at: string; before?: string | undefined }
  | { kind: 'retargeted'; at: string; before?: string | undefined }
  | { kind: 'approved' | 'unapproved'; at: string; by: Approver }
  | { kind: 'closed' | 'reopened'; at: string };
/** Facts that the merge request itself shows, and webhooks can name. */
export type ShownFact = Exclude<MergeRequestFact, { kind: 'closed' | 'reopened' }>;

const statuses: Record<MergeRequestFact['kind'], string> = {
  opened: 'opened',
  updated: 'opened',
  reopened: 'opened',
  retargeted: 'opened',
  approved: 'opened',
  unapproved: 'opened',
  merged: 'merged',
  closed: 'closed',
};

function whatOf(fact: ShownFact, { sha, target_branch }: MergeRequest): string[] {
  switch (fact.kind) {
    case 'opened':
    case 'merged':
      return [fact.kind];
    case 'updated':
      return ['head', sha ?? ''];
    case 'retargeted':
      return ['target', target_branch];
    case 'approved':
    case 'unapproved':
      return [fact.kind, String(fact.by.id)];
  }
}

/** What names such a fact, after the host, however it is seen. */
export function mergeRequestKey(fact: ShownFact, mergeRequest: MergeRequest, { again }: Sighting): string[] {
  const key = ['mr', String(mergeRequest.id), ...whatOf(fact, mergeRequest)];
  return again === undefined ? key : [...key, again];
}

function wordsFor(fact: MergeRequestFact, { target_branch }: MergeRequest): string {
  switch (fact.kind) {
    case 'closed':
      return 'closed without a merge';
    case 'updated':
      return 'has new commits';
    case 'retargeted':
      return `retargeted to ${target_branch}`;
    case 'approved':
      return fact.by.username === undefined ? 'approved' : `approved by ${fact.by.username}`;
    case 'unapproved':
      return fact.by.username === undefined
        ? 'no longer approved'
        : `no longer approved by ${fact.by.username}`;
    case 'opened':
    case 'merged':
    case 'reopened':
      return fact.kind;
  }
}

function stateData(mergeRequest: MergeRequest, fact: MergeRequestFact): object {
  if (fact.kind !== 'merged') {
    return { merged: false, ...(fact.kind === 'closed' && { closed_at: fact.at }) };
  }
  return {
    merged: true,
    merged_at: fact.at,
    merged_by: mergeRequest.merged_by,
    merge_commit: mergeRequest.merge_commit_sha,
    squash: mergeRequest.squash,
    squash_commit: mergeRequest.squash_commit_sha,
  };
}

function approverData(fact: MergeRequestFact): object {
  return 'by' in fact ? { approver: fact.by.username } : {};
}

function beforeData(fact: MergeRequestFact): object {
  if (fact.kind === 'updated') return { before: fact.before };
  return fact.kind === 'retargeted' ? { base_branch_before: fact.before } : {};
}

/** Without what isn't known. */
function known(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

function dataOf(
  mergeRequest: MergeRequest,
  fact: MergeRequestFact,
  extent: MergeRequestExtent,
  sighting: Sighting,
): object {
  return known({
    number: mergeRequest.iid,
    title: mergeRequest.title,
    body: mergeRequest.description,
    author: mergeRequest.author,
    draft: mergeRequest.draft,
    ...approverData(fact),
    labels: mergeRequest.labels,
    assignees: mergeRequest.assignees,
    reviewers: mergeRequest.reviewers,
    milestone: mergeRequest.milestone,
    base_branch: mergeRequest.target_branch,
    head_branch: mergeRequest.source_branch,
    ...beforeData(fact),
    head_commit: mergeRequest.sha,
    ...stateData(mergeRequest, fact),
    ...extent,
    created_at: mergeRequest.created_at,
    ...windowData(sighting),
  });
}

/** The commits by which a merge request hangs together with the push, the pipeline and the deployment of it. */
function commitsOf(mergeRequest: MergeRequest, fact: MergeRequestFact): (string | undefined)[] {
  const { merge_commit_sha, squash_commit_sha, sha } = mergeRequest;
  const merge = fact.kind === 'merged' ? [merge_commit_sha, squash_commit_sha] : [];
  return [...merge, sha].map((commit) => (commit === undefined ? undefined : commitRef(commit)));
}

/** One fact of a merge request as an event. */
export function mergeRequestEvent(
  fact: MergeRequestFact,
  mergeRequest: MergeRequest,
  told: { key: readonly string[]; actor: string | undefined; extent?: MergeRequestExtent },
  project: ProjectFacts,
  sighting: Sighting,
): SourceEvent {
  const { host, fullPath } = project;
  const { iid } = mergeRequest;
  return {
    key_parts: [host, ...told.key],
    title: `!${iid} ${wordsFor(fact, mergeRequest)}: ${mergeRequest.title}`,
    type: `merge_request_${fact.kind}`,
    project: fullPath,
    ...whenSeen(fact.kind === 'opened' ? mergeRequest.created_at : fact.at, sighting),
    status: statuses[fact.kind],
    ...actorOf(told.actor),
    ...urlOf(mergeRequest.web_url),
    subject: `${fullPath}/merge_request/${iid}`,
    refs: refsOf(changeRef(project, '!', iid), ...commitsOf(mergeRequest, fact)),
    ...backfillOf(sighting),
    data: dataOf(mergeRequest, fact, told.extent ?? {}, sighting),
  };
}
