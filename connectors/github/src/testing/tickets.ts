/** Payloads of pull requests and issues, as GitHub's REST API has them and no longer than a test needs. */

const web = 'https://github.test/acme/api';

export const head = { a: 'a'.repeat(40), b: 'b'.repeat(40), c: 'c'.repeat(40) };
export const mergeCommit = 'd'.repeat(40);

export interface PullShape {
  number?: number;
  title?: string;
  head?: string;
  base?: string;
  created?: string;
  updated?: string;
  closed?: string | null;
  merged?: string | null;
}

export function pullPayload({
  number = 42,
  title = 'Retry payments once',
  head: sha = head.a,
  base = 'main',
  created = '2026-11-24T09:00:00Z',
  updated = created,
  closed = null,
  merged = null,
}: PullShape = {}): Record<string, unknown> {
  return {
    id: 9_000 + number,
    number,
    title,
    html_url: `${web}/pull/${number}`,
    state: closed === null && merged === null ? 'open' : 'closed',
    body: 'Payments fail now and then.',
    user: { login: 'ada' },
    draft: false,
    labels: [{ name: 'payments' }],
    milestone: null,
    requested_reviewers: [{ login: 'cora' }],
    created_at: created,
    updated_at: updated,
    closed_at: merged ?? closed,
    merged_at: merged,
    // While it is open, this is a commit that GitHub tries the merge with.
    merge_commit_sha: merged === null ? 'e'.repeat(40) : mergeCommit,
    head: { ref: 'retry', sha },
    base: { ref: base },
  };
}

export function pullDetails(shape: PullShape = {}): Record<string, unknown> {
  return {
    ...pullPayload(shape),
    merged_by: shape.merged ? { login: 'cora' } : null,
    additions: 12,
    deletions: 3,
    changed_files: 2,
    commits: 4,
  };
}

export const reviews = [
  { user: { login: 'cora' }, state: 'CHANGES_REQUESTED' },
  { user: { login: 'dan' }, state: 'COMMENTED' },
  { user: { login: 'cora' }, state: 'APPROVED' },
  { user: { login: 'cora' }, state: 'COMMENTED' },
];

export interface IssueShape {
  number?: number;
  created?: string;
  updated?: string;
  closed?: string | null;
  reason?: string | null;
  /** It is a pull request, merged then or not. */
  pull?: { merged?: string | null };
}

export function issuePayload({
  number = 7,
  created = '2026-11-24T09:00:00Z',
  updated = created,
  closed = null,
  reason = null,
  pull,
}: IssueShape = {}): Record<string, unknown> {
  return {
    id: 5_000 + number,
    number,
    title: 'Payments fail',
    html_url: `${web}/issues/${number}`,
    body: 'Now and then.',
    user: { login: 'ada' },
    labels: ['payments', { name: 'bug' }],
    assignees: [{ login: 'cora' }],
    milestone: { title: 'Second edition' },
    comments: 2,
    state_reason: reason,
    created_at: created,
    updated_at: updated,
    closed_at: closed,
    ...(pull && { pull_request: { merged_at: pull.merged ?? null } }),
  };
}

export function issueEventPayload(
  id: number,
  event: string,
  at: string,
  issue: IssueShape = {},
  more: object = {},
): Record<string, unknown> {
  return {
    id,
    event,
    created_at: at,
    actor: { login: 'cora' },
    commit_id: null,
    issue: issuePayload(issue),
    ...more,
  };
}

/** What a webhook wraps a payload in. */
export function delivered(action: string, payload: object): Record<string, unknown> {
  return {
    action,
    ...payload,
    repository: { id: 7, full_name: 'acme/api', html_url: web },
    sender: { login: 'cora' },
  };
}
