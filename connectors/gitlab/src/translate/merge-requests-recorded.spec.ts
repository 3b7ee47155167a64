import { existsSync, readFileSync } from 'node:fs';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { mergeRequestPayload } from '../testing/tickets.js';
import { translateIssueState } from './issue-state.js';
import { translateIssue } from './issue.js';
import { translateMergeRequestState } from './merge-request-state.js';
import { translateMergeRequest } from './merge-request.js';
import { issueWebhook } from './webhooks/issue.js';
import { mergeRequestWebhook } from './webhooks/merge-request.js';

const folder = new URL('../../../../../shared/data/gitlab/', import.meta.url);
const hasRecorded = existsSync(folder);

const project = {
  host: 'gitlab.com',
  id: 7,
  fullPath: 'acme/shop/api',
  webUrl: 'https://gitlab.com/acme/shop/api',
};

function rowsOf<Row>(file: string): Row[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

function eventsOf(translations: readonly Translation[]): SourceEvent[] {
  return translations.flatMap((one) => (one.kind === 'events' ? one.events : []));
}

function unreadIn(translations: readonly Translation[]): number {
  return translations.filter(({ kind }) => kind === 'unsupported').length;
}

/** What the list tells of a merge request that is seen for the first time. */
function listed(merge_request: { state?: string }): Translation[] {
  const kinds = merge_request.state === 'merged' ? (['opened', 'merged'] as const) : (['opened'] as const);
  return kinds.map((kind) => translateMergeRequest({ kind }, { merge_request }, project, {}));
}

interface Merge {
  host: string;
  project: string;
  merge_request_iid: number;
  merge_commit_sha: string;
  parents: string[];
  merged_at: string;
  source_branch: string | null;
  target_branch: string | null;
  title: string;
  body: string;
}

/** A merge that a git history tells of, as GitLab's list would have it. */
function mergeRequestOf(merge: Merge): object {
  const { merge_request_iid: iid, merged_at, merge_commit_sha, title } = merge;
  return {
    id: iid,
    iid,
    title,
    description: merge.body,
    state: 'merged',
    source_branch: merge.source_branch ?? 'a-branch',
    target_branch: merge.target_branch ?? 'main',
    sha: merge.parents.at(-1),
    merge_commit_sha,
    merged_at,
    created_at: merged_at,
    updated_at: merged_at,
    web_url: `https://${merge.host}/${merge.project}/-/merge_requests/${iid}`,
  };
}

describe.skipIf(!hasRecorded)('recorded merge requests and issues (skipped without shared/data)', () => {
  it('of a public project are read, and make events', async () => {
    const rows = rowsOf<{ kind: string; data: { state?: string } }>('api-devlake-gitlab.ndjson');
    const mergeRequests = rows.filter(({ kind }) => /_merge_requests(?:_|$)/.test(kind));
    const issues = rows.filter(({ kind }) => kind === '_raw_gitlab_api_issues');
    const made = [
      ...mergeRequests.flatMap(({ data }) => listed(data)),
      ...issues.map(({ data }) => translateIssue(data, project, {})),
    ];
    expect([mergeRequests.length, issues.length]).toEqual([39, 16]);
    expect(unreadIn(made)).toBe(0);
    expect((await stored(eventsOf(made))).length).toBeGreaterThan(50);
  });

  it('of many ages of the API are read, where they can be named at all', () => {
    const rows = rowsOf<{ name: string; body: unknown }>('api-client-fixtures.ndjson');
    const named = (name: RegExp) => rows.filter((row) => name.test(row.name)).flatMap(({ body }) => body);
    const mergeRequests = named(
      /^(?:merge_requests|merge-request|merge_request_changes|group_merge_requests)$/,
    );
    const issues = named(/^(?:project_issues|issues|search_issues_results|milestone_issues)$/);
    // Before there were states and numbers, GitLab named neither of them as it does now.
    const hasNumber = (body: unknown) => typeof body === 'object' && body !== null && 'iid' in body;
    const made = [
      ...mergeRequests.filter(hasNumber).flatMap((body) => listed(body as object)),
      ...issues.filter(hasNumber).map((body) => translateIssue(body, project, {})),
    ];
    expect(made.length).toBeGreaterThan(3);
    expect(unreadIn(made)).toBe(0);
    const others = [...mergeRequests, ...issues].filter((body) => !hasNumber(body));
    expect(others.map((body) => translateIssue(body, project, {}).kind)).not.toContain('events');
  });

  it('have events of their states that are read', () => {
    const rows = rowsOf<{ name: string; body: unknown }>('api-client-fixtures.ndjson');
    const events = rows.filter(({ name }) => /resource_state_event/.test(name)).flatMap(({ body }) => body);
    const ticket = mergeRequestPayload();
    const made = events.flatMap((event) => [
      translateIssueState({ event, issue: ticket }, project, {}),
      translateMergeRequestState({ event, merge_request: ticket }, project, {}),
    ]);
    expect(unreadIn(made)).toBe(0);
    expect(eventsOf(made).length).toBeGreaterThan(1);
  });

  it('of webhooks are read', async () => {
    const rows = rowsOf<{ kind: string; payload: unknown }>('webhooks.ndjson');
    const payloadsOf = (wanted: string) =>
      rows.filter(({ kind }) => kind === wanted).map(({ payload }) => payload);
    const made = [
      ...payloadsOf('merge_request').map((payload) => mergeRequestWebhook(payload, 'gitlab.com')),
      ...payloadsOf('issue').map((payload) => issueWebhook(payload, 'gitlab.com')),
    ];
    expect(made.length).toBeGreaterThan(8);
    expect(unreadIn(made)).toBe(0);
    const types = (await stored(eventsOf(made))).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['merge_request_opened', 'merge_request_merged', 'issue_opened']));
  });

  it('that a git history tells of are merges, each under a key and with a commit of its own', async () => {
    const rows = rowsOf<Merge>('merge-requests-from-git-history.ndjson');
    const merges = rows.flatMap((row) => {
      const facts = { ...project, host: row.host, fullPath: row.project };
      const payloads = { merge_request: mergeRequestOf(row) };
      return eventsOf([translateMergeRequest({ kind: 'merged' }, payloads, facts, {})]);
    });
    expect(merges).toHaveLength(2_385);
    const events = await stored(merges);
    expect(events).toHaveLength(2_385);
    expect(new Set(events.map(({ refs = [] }) => refs.slice(0, 2).join())).size).toBe(2_385);
    expect(
      events.every(({ refs = [] }, index) => refs.includes(`commit:${rows[index]?.merge_commit_sha}`)),
    ).toBe(true);
  });
});
