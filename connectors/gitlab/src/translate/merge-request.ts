import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type Approval, readApprovals } from './approvals.js';
import type { ProjectFacts, Sighting } from './facts.js';
import type { Head } from './heads.js';
import {
  MergeRequest,
  type MergeRequestExtent,
  type ShownFact,
  mergeRequestEvent,
  mergeRequestKey,
} from './merge-request-facts.js';
import { unsupported } from './reasons.js';

/** What a merge request shows of itself when it has changed. */
export type MergeRequestChange =
  | { kind: 'opened' | 'merged' }
  /** `before`: the head that it had, or the beginning of it. `head`: what it had from then on. */
  | { kind: 'updated'; before?: string | undefined; head?: Head | undefined }
  /** `before`: the branch that it was to be merged into. */
  | { kind: 'retargeted'; before?: string | undefined }
  | { kind: 'approved' | 'unapproved'; by: Omit<Approval, 'at'> & { at?: string | undefined } };

/** A merge request as its list has it, and what has been asked of it beyond that, as far as it could be had. */
export interface MergeRequestPayloads {
  merge_request: unknown;
  details?: unknown;
  approvals?: unknown;
  commit_count?: number | undefined;
}

/** `12`, or `1000+` where GitLab has stopped counting. */
const Details = z.object({ changes_count: z.string().regex(/^\d+$/) });

/** What is told of a merge request beside itself. */
export function extentOf({
  details,
  approvals,
  commit_count,
}: Omit<MergeRequestPayloads, 'merge_request'>): MergeRequestExtent {
  const count = Details.safeParse(details).data?.changes_count;
  const approvers = readApprovals(approvals)?.flatMap(({ username }) => username ?? []);
  return {
    commit_count,
    files_total: count === undefined ? undefined : Number(count),
    approvals: approvers,
  };
}

/** Undefined for what isn't in what was read. */
function factOf(
  change: MergeRequestChange,
  mergeRequest: MergeRequest,
  { between }: Sighting,
): ShownFact | undefined {
  const seen = between?.to ?? mergeRequest.updated_at;
  switch (change.kind) {
    case 'opened':
      return { kind: 'opened' };
    case 'merged':
      return mergeRequest.merged_at === undefined
        ? undefined
        : { kind: 'merged', at: mergeRequest.merged_at };
    case 'updated':
      return mergeRequest.sha === undefined
        ? undefined
        : { kind: 'updated', at: change.head?.at ?? seen, before: change.before };
    case 'retargeted':
      return { kind: 'retargeted', at: seen, before: change.before };
    case 'approved':
    case 'unapproved':
      return { kind: change.kind, at: change.by.at ?? seen, by: change.by };
  }
}

/** With the head that it had then. */
function asOf(change: MergeRequestChange, mergeRequest: MergeRequest): MergeRequest {
  const head = change.kind === 'updated' ? change.head : undefined;
  return head ? { ...mergeRequest, sha: head.sha } : mergeRequest;
}

/** An approval that is gone may have been taken back, or undone by a push. */
function actorOf(change: MergeRequestChange, mergeRequest: MergeRequest): string | undefined {
  switch (change.kind) {
    case 'opened':
      return mergeRequest.author;
    case 'merged':
      return mergeRequest.merged_by;
    case 'approved':
      return change.by.username;
    default:
      return undefined;
  }
}

/** One change of a merge request as it shows: opened, merged, another head or target, an approval more or less. */
export function translateMergeRequest(
  change: MergeRequestChange,
  payloads: MergeRequestPayloads,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: read } = MergeRequest.safeParse(payloads.merge_request);
  const mergeRequest = read && asOf(change, read);
  const fact = mergeRequest && factOf(change, mergeRequest, sighting);
  if (!fact) return unsupported('merge request');
  const told = {
    key: mergeRequestKey(fact, mergeRequest, sighting),
    actor: actorOf(change, mergeRequest),
    extent: extentOf(payloads),
  };
  return { kind: 'events', events: [mergeRequestEvent(fact, mergeRequest, told, project, sighting)] };
}
