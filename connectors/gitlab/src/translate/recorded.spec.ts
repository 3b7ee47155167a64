import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { type Configured, unseen } from '@painchain/connector-sdk/wording';
import { describe, expect, it } from 'vitest';
import { hasRecorded, recordedRows } from '../testing/recorded.js';
import { stored } from '../testing/stored.js';
import { detailsOf, isForward } from './comparison.js';
import {
  readApprovalRule,
  readApprovalSettings,
  readFeatureFlag,
  readProject,
  readProtectedBranch,
  readProtectedEnvironment,
  readProtectedTag,
  readVariable,
} from './configured.js';
import { translateDeployment, translateDeploymentStatus } from './deployment.js';
import { translateEnvironmentStopped } from './environment.js';
import { readHook } from './hook.js';
import { translateImageTag } from './image.js';
import { translateIssueState } from './issue-state.js';
import { translateIssue } from './issue.js';
import { translateMergeRequestState } from './merge-request-state.js';
import { translateMergeRequest } from './merge-request.js';
import { translatePipelineCompleted, translatePipelineStarted } from './pipeline.js';
import { translatePush, translateRefDifference } from './push.js';
import { translateRelease } from './release.js';
import { tagDetailsOf } from './tag.js';
import { translateWebhook } from './webhook.js';

const project = {
  host: 'gitlab.com',
  id: 7,
  fullPath: 'acme/shop/api',
  webUrl: 'https://gitlab.com/acme/shop/api',
};
const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const move = { ref: 'refs/tags/v1', before: '0'.repeat(40), after: 'a'.repeat(40) };
const repository = { id: 1, path: 'acme/shop/api', location: 'registry.gitlab.com/acme/shop/api' };

/** Whatever GitLab may answer, each is given all of it. */
const translators: readonly ((body: unknown) => Translation)[] = [
  (body) => translatePush(body, body, project, {}),
  (body) => translatePush(body, { forward: body, backward: body }, project, {}),
  (body) =>
    translateRefDifference(move, body, project, {
      between: { from: null, to: '2026-11-24T10:00:00Z' },
    }),
  (body) => translateIssue(body, project, {}),
  (body) => translateIssueState({ event: body, issue: body }, project, {}),
  (body) => translateMergeRequest({ kind: 'opened' }, { merge_request: body }, project, {}),
  (body) => translateMergeRequest({ kind: 'merged' }, { merge_request: body }, project, {}),
  (body) => translateMergeRequestState({ event: body, merge_request: body }, project, {}),
  (body) => translatePipelineStarted(body, project, {}),
  (body) => translatePipelineCompleted(body, [body], project, {}),
  (body) => translateDeployment(body, project, {}),
  (body) => translateDeploymentStatus(body, project, {}),
  (body) => translateEnvironmentStopped(body, project, {}),
  (body) => translateRelease(body, null, project, {}),
  (body) => translateImageTag(body, true, repository, project, {}),
  (body) => translateWebhook(body, 'gitlab.com', delivery),
];

const readers: readonly ((body: unknown) => Configured | undefined)[] = [
  (body) => readProject(body)?.settings,
  readProtectedBranch,
  readProtectedTag,
  readProtectedEnvironment,
  readApprovalSettings,
  readApprovalRule,
  readHook,
  readVariable,
  readFeatureFlag,
];

function itemsOf(body: unknown): unknown[] {
  return Array.isArray(body) ? body : [body];
}

describe.skipIf(!hasRecorded)('recorded answers (skipped without shared/data)', () => {
  const fixtures = recordedRows<{ name: string; body: unknown }>('api-client-fixtures.ndjson');
  const devlake = recordedRows<{ data: unknown }>('api-devlake-gitlab.ndjson');
  const bodies = [
    ...fixtures.flatMap(({ body }) => [body, ...itemsOf(body)]),
    ...devlake.map(({ data }) => data),
  ];
  const named = (name: RegExp) =>
    fixtures.filter((row) => name.test(row.name)).flatMap(({ body }) => itemsOf(body));

  it('break no translator, whichever is given them, and what they make can be stored', async () => {
    const events: SourceEvent[] = [];
    for (const body of bodies) {
      for (const translate of translators) {
        const made = translate(body);
        if (made.kind === 'events') events.push(...made.events);
      }
      for (const read of readers) read(body);
      tagDetailsOf(move.after, body);
      isForward(body, move.before);
      detailsOf({ forward: body, backward: body });
    }
    expect(bodies.length).toBeGreaterThan(490);
    expect((await stored(events)).length).toBeGreaterThan(150);
  });

  it('of the activity are read', () => {
    const events = named(/^events$/).filter((event) => JSON.stringify(event).includes('push_data'));
    // The one that was recorded has lost its instant.
    const dated = events.map((event) => ({ created_at: '2017-02-09T10:43:19.667Z', ...(event as object) }));
    const made = dated.map((event) => translatePush(event, null, project, {}));
    expect(made.map(({ kind }) => kind)).toEqual(['events']);
  });

  it('of tags and comparisons of any age are read', () => {
    const tags = named(/^(?:tag|tags|tag_create_with_description|project_tag_lightweight)$/);
    const commits = tags.map(
      (tag) => tagDetailsOf((tag as { commit: { id: string } }).commit.id, tag).commit,
    );
    expect(commits).toHaveLength(tags.length);
    expect(commits).not.toContain(undefined);
    const details = named(/^(?:compare-results|compare_merge_request_diff)$/).map((forward) =>
      detailsOf({ forward, backward: null }),
    );
    expect(details.length).toBeGreaterThan(0);
  });

  it('of a configuration are read', () => {
    const read = [
      ...named(/^(?:project|project_edit|project_for_user)$/).map((body) => readProject(body)?.settings),
      ...named(/^protected_branches$/).map(readProtectedBranch),
      ...named(/^protected[_-]tags$/).map(readProtectedTag),
      ...named(/^(?:project_hooks|group_hooks|system_hook)$/).map(readHook),
      ...named(/^(?:variable|project-variable-details)$/).map(readVariable),
      ...named(/^project-approvals-config$/).map(readApprovalSettings),
    ];
    expect(read.length).toBeGreaterThan(7);
    expect(read.filter((thing) => thing === undefined)).toHaveLength(
      named(/^(?:project|project_edit|project_for_user)$/).filter(
        (body) => !('path_with_namespace' in (body as object)),
      ).length,
    );
    expect(read.some((thing) => Object.values(thing?.values ?? {}).some((value) => value !== unseen))).toBe(
      true,
    );
    expect(JSON.stringify(read)).not.toContain('TEST_1"');
  });
});
