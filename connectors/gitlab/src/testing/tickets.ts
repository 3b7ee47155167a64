/** Payloads of merge requests and issues, as GitLab's REST API and its webhooks have them and no longer than a test needs. */

const web = 'https://gitlab.test/acme/shop/api';

export const head = { a: 'a'.repeat(40), b: 'b'.repeat(40), c: 'c'.repeat(40) };
export const mergeCommit = 'd'.repeat(40);
export const squashCommit = 'e'.repeat(40);

export const people = {
  ada: { id: 11, username: 'ada', name: 'Ada' },
  cora: { id: 12, username: 'cora', name: 'Cora' },
  dan: { id: 13, username: 'dan', name: 'Dan' },
};

export interface MergeRequestShape {
  iid?: number;
  head?: string;
  target?: string;
  created?: string;
  updated?: string;
  closed?: string | null;
  merged?: string | null;
}

export function mergeRequestPayload({
  iid = 42,
  head: sha = head.a,
  target = 'main',
  created = '2026-11-24T09:00:00.120Z',
  updated = created,
  closed = null,
  merged = null,
}: MergeRequestShape = {}): Record<string, unknown> {
  const state = merged !== null ? 'merged' : closed !== null ? 'closed' : 'opened';
  return {
    id: 9_000 + iid,
    iid,
    project_id: 7,
    title: 'Retry payments once',
    description: 'Payments fail now and then.',
    state,
    created_at: created,
    updated_at: updated,
    merged_by: merged === null ? null : people.cora,
    merge_user: merged === null ? null : people.cora,
    merged_at: merged,
    closed_by: null,
    closed_at: closed,
    target_branch: target,
    source_branch: 'retry',
    author: people.ada,
    assignees: [people.ada],
    assignee: people.ada,
    reviewers: [people.cora],
    source_project_id: 7,
    target_project_id: 7,
    labels: ['payments'],
    draft: false,
    work_in_progress: false,
    milestone: { id: 3, iid: 1, title: 'Second edition' },
    sha,
    merge_commit_sha: merged === null ? null : mergeCommit,
    squash_commit_sha: merged === null ? null : squashCommit,
    squash: true,
    web_url: `${web}/-/merge_requests/${iid}`,
  };
}

/** What is asked of one, beside what its list shows. */
export function mergeRequestDetails(shape: MergeRequestShape = {}): Record<string, unknown> {
  return { ...mergeRequestPayload(shape), changes_count: '2', diff_refs: { head_sha: shape.head ?? head.a } };
}

export type Given = readonly [user: { id: number; username: string }, at?: string];

export function approvalsPayload(...given: readonly Given[]): Record<string, unknown> {
  return {
    approved: given.length > 0,
    approved_by: given.map(([user, at]) => ({ user, ...(at !== undefined && { approved_at: at }) })),
  };
}

export function stateEventPayload(
  id: number,
  state: string,
  at: string,
  resource_type = 'MergeRequest',
): Record<string, unknown> {
  return { id, user: people.cora, created_at: at, resource_type, resource_id: 1, state };
}

export interface IssueShape {
  iid?: number;
  created?: string;
  updated?: string;
  closed?: string | null;
  confidential?: boolean;
}

export function issuePayload({
  iid = 5,
  created = '2026-11-24T09:00:00.120Z',
  updated = created,
  closed = null,
  confidential = false,
}: IssueShape = {}): Record<string, unknown> {
  return {
    id: 5_000 + iid,
    iid,
    project_id: 7,
    title: 'Payments fail',
    description: 'Now and then.',
    state: closed === null ? 'opened' : 'closed',
    created_at: created,
    updated_at: updated,
    closed_at: closed,
    labels: ['payments', 'bug'],
    milestone: { id: 3, iid: 1, title: 'Second edition' },
    assignees: [people.cora],
    assignee: people.cora,
    author: people.ada,
    issue_type: 'issue',
    confidential,
    web_url: `${web}/-/issues/${iid}`,
  };
}

/** As webhooks write instants. */
function inWebhook(instant: unknown): unknown {
  return typeof instant === 'string' ? `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC` : instant;
}

const project = { id: 7, path_with_namespace: 'acme/shop/api', web_url: web, default_branch: 'main' };

/** A payload of the API's as a webhook has it: people by ids, instants to the second, labels as objects. */
export function delivered(
  kind: 'merge_request' | 'issue',
  action: string,
  payload: Record<string, unknown>,
  more: { attributes?: object; changes?: object; user?: object } = {},
): Record<string, unknown> {
  const { author: _, assignees, assignee: __, reviewers, labels, milestone: ___, sha, ...rest } = payload;
  return {
    object_kind: kind,
    event_type: kind,
    user: more.user ?? people.cora,
    project,
    object_attributes: {
      ...rest,
      merged_at: undefined,
      author_id: people.ada.id,
      created_at: inWebhook(payload['created_at']),
      updated_at: inWebhook(payload['updated_at']),
      url: payload['web_url'],
      ...(sha !== undefined && { last_commit: { id: sha, message: 'Retry' } }),
      action,
      ...more.attributes,
    },
    labels: Array.isArray(labels) ? labels.map((title: unknown) => ({ id: 1, title })) : [],
    changes: more.changes ?? {},
    assignees,
    reviewers,
  };
}
