import type { Translation } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { translateDeploymentStatus } from '../deployment.js';
import { translatePipelineCompleted, translatePipelineStarted } from '../pipeline.js';
import { tokensOf, Release } from '../release-fields.js';
import { translateGoneRelease, translateRelease } from '../release.js';
import { deploymentWebhook } from './deployment.js';
import { jobWebhook } from './job.js';
import { pipelineWebhook } from './pipeline.js';
import { releaseWebhook } from './release.js';

const host = 'gitlab.com';
const facts = { host, id: 7, fullPath: 'acme/shop', webUrl: 'https://gitlab.com/acme/shop' };
const project = { id: 7, path_with_namespace: 'acme/shop', web_url: 'https://gitlab.com/acme/shop' };
const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const between = { between: { from: null, to: delivery.receivedAt } };
const sha = 'a'.repeat(40);

const attributes = {
  id: 31,
  iid: 3,
  ref: 'main',
  tag: false,
  sha,
  source: 'push',
  stages: ['build', 'test'],
  variables: [{ key: 'TOKEN', value: 'not-to-be-told' }],
  created_at: '2026-11-24 09:50:00 UTC',
  queued_duration: 10,
};
const builds = [{ id: 5, stage: 'test', name: 'unit', status: 'failed', failure_reason: 'script_failure' }];
const pipelineSaid = (more: object, beside: object = {}) =>
  pipelineWebhook(
    {
      object_kind: 'pipeline',
      user: { username: 'ada' },
      project,
      builds,
      object_attributes: { ...attributes, ...more },
      commit: { id: sha, message: 'Retry payments once\n' },
      ...beside,
    },
    host,
  );
/** As a poll sees it later, when something has touched it. */
const pipeline = {
  id: 31,
  iid: 3,
  ref: 'main',
  tag: false,
  sha,
  source: 'push',
  user: { username: 'ada' },
  created_at: '2026-11-24T09:50:00.512Z',
  started_at: '2026-11-24T09:50:10.801Z',
  updated_at: '2026-11-24T10:30:00.000Z',
};

const deploymentSaid = (status: string) =>
  deploymentWebhook(
    {
      object_kind: 'deployment',
      project,
      deployment_id: 15,
      deployable_id: 796,
      status,
      status_changed_at: '2026-11-24 10:55:00 +0100',
      deployable_url: 'https://gitlab.com/acme/shop/-/jobs/796',
      environment: 'staging',
      environment_tier: 'staging',
      ref: 'main',
      short_sha: 'aaaaaaaa',
      user: { username: 'ada' },
      commit_url: `https://gitlab.com/acme/shop/-/commit/${sha}`,
      commit_title: 'Retry payments once',
    },
    host,
  );
const deployment = {
  id: 15,
  iid: 4,
  ref: 'main',
  sha,
  environment: { name: 'staging' },
  user: { username: 'ada' },
  created_at: '2026-11-24T09:54:00.100Z',
  updated_at: '2026-11-24T10:20:00.000Z',
};

const links = [{ id: 2, name: 'shop.tgz', url: 'https://downloads.acme.test/shop.tgz', link_type: 'other' }];
const releaseSaid = (action: string, more: object = {}) =>
  releaseWebhook(
    {
      object_kind: 'release',
      id: 81,
      action,
      project,
      tag: 'v1',
      name: 'Shop 1',
      description: 'Apples',
      created_at: '2026-11-24 09:58:00 UTC',
      released_at: '2026-11-24 09:58:00 UTC',
      url: 'https://gitlab.com/acme/shop/-/releases/v1',
      assets: { count: 3, links: links.map((link) => ({ ...link, external: true })), sources: [] },
      commit: { id: sha, message: 'Retry payments once', title: 'Retry payments once' },
      ...more,
    },
    host,
    delivery,
  );
const release = {
  tag_name: 'v1',
  name: 'Shop 1',
  description: 'Apples',
  author: { username: 'ada' },
  created_at: '2026-11-24T09:58:00.203Z',
  released_at: '2026-11-24T09:58:00.203Z',
  assets: { count: 3, links, sources: [] },
  commit: { id: sha, title: 'Retry payments once' },
};

function eventOf(translation: Translation) {
  const [event] = translation.kind === 'events' ? translation.events : [];
  if (!event) throw new Error(`there is no event: ${JSON.stringify(translation)}`);
  return event;
}

describe('a webhook and a poll of the same fact give one key', () => {
  it.each([
    {
      what: 'a pipeline that has started',
      webhook: pipelineSaid({ status: 'running', finished_at: null }),
      poll: translatePipelineStarted({ ...pipeline, status: 'running' }, facts, {}),
    },
    {
      what: 'a pipeline that has completed',
      webhook: pipelineSaid({ status: 'failed', finished_at: '2026-11-24 09:54:29 UTC', duration: 251 }),
      poll: translatePipelineCompleted(
        { ...pipeline, status: 'failed', finished_at: '2026-11-24T10:54:29.748+01:00' },
        builds,
        facts,
        {},
      ),
    },
    {
      what: 'a pipeline that was skipped',
      webhook: pipelineSaid({ status: 'skipped', finished_at: null }),
      poll: translatePipelineCompleted({ ...pipeline, status: 'skipped' }, null, facts, {}),
    },
    {
      what: 'a status of a deployment',
      webhook: deploymentSaid('success'),
      poll: translateDeploymentStatus({ ...deployment, status: 'success' }, facts, {}),
    },
    {
      what: 'a release',
      webhook: releaseSaid('create'),
      poll: translateRelease(release, null, facts, {}),
    },
    {
      what: 'an edit of a release',
      webhook: releaseSaid('update', { description: 'Pears' }),
      poll: translateRelease(
        { ...release, description: 'Pears', updated_at: '2026-11-24T10:30:00Z' },
        tokensOf(Release.parse(release)),
        facts,
        between,
      ),
    },
    {
      what: 'a release that is gone',
      webhook: releaseSaid('delete'),
      poll: translateGoneRelease(
        { tag: 'v1', name: 'Shop 1', created: '2026-11-24T09:58:00Z' },
        facts,
        between,
      ),
    },
  ])('$what', ({ webhook, poll }) => {
    const [told, seen] = [eventOf(webhook), eventOf(poll)];
    expect(told.key_parts).toEqual(seen.key_parts);
    expect([told.type, told.title, told.subject]).toEqual([
      seen.type,
      expect.stringContaining(seen.title.split(':')[0] ?? ''),
      seen.subject,
    ]);
  });

  it('but not of another host, nor of another ending', () => {
    const ended = (at: string) => eventOf(pipelineSaid({ status: 'success', finished_at: at })).key_parts;
    expect(ended('2026-11-24 09:54:29 UTC')).not.toEqual(ended('2026-11-24 09:59:00 UTC'));
    const elsewhere = translatePipelineStarted(
      { ...pipeline, status: 'running' },
      { ...facts, host: 'git.acme.test' },
      {},
    );
    expect(eventOf(elsewhere).key_parts).not.toEqual(eventOf(pipelineSaid({ status: 'running' })).key_parts);
  });
});

describe('webhooks', () => {
  it('tell all that they know of a pipeline, but for its variables', () => {
    const said = eventOf(
      pipelineSaid({ status: 'failed', finished_at: '2026-11-24 09:54:29 UTC', duration: 251 }),
    );
    expect(said).toMatchObject({
      title: 'Pipeline #31 failed on main: unit',
      timestamp: '2026-11-24T09:54:29.000Z',
      actor: 'ada',
      url: 'https://gitlab.com/acme/shop/-/pipelines/31',
      data: {
        started_at: '2026-11-24T09:50:10.000Z',
        stages: ['build', 'test'],
        failed_jobs: [
          { name: 'unit', reason: 'script_failure', url: 'https://gitlab.com/acme/shop/-/jobs/5' },
        ],
        commit_message: 'Retry payments once',
      },
    });
    expect(JSON.stringify(said)).not.toContain('not-to-be-told');
  });

  it('tell of which pipeline and for which merge request one is', () => {
    const said = eventOf(
      pipelineSaid(
        { status: 'running', source: 'pipeline' },
        {
          source_pipeline: {
            project: { id: 41, path_with_namespace: 'acme/upstream' },
            pipeline_id: 30,
            job_id: 3,
          },
          merge_request: { id: 1, iid: 12, target_project_id: 7 },
        },
      ),
    );
    expect([said.title, said.refs]).toEqual([
      'Pipeline #31 started for !12',
      ['run:acme/shop/31', `commit:${sha}`, 'change:acme/shop!12', 'run:acme/upstream/30'],
    ]);
  });

  it.each([
    ['a pipeline that waits', pipelineSaid({ status: 'pending' })],
    [
      'a pipeline that runs again',
      pipelineSaid({ status: 'running', finished_at: '2026-11-24 09:54:29 UTC' }),
    ],
    ['a pipeline of another', pipelineSaid({ status: 'running', source: 'parent_pipeline' })],
    ['a release that is announced', releaseSaid('create', { released_at: '2027-01-01 00:00:00 UTC' })],
    ['a job', jobWebhook()],
  ])('say nothing of %s', (_what, translation) => {
    expect(translation.kind).toBe('ignored');
  });

  it('tell a deployment that is created, and where a status comes from', () => {
    expect(eventOf(deploymentSaid('created')).key_parts).toEqual([host, 'deployment', '15']);
    expect(eventOf(deploymentSaid('running'))).toMatchObject({
      timestamp: '2026-11-24T09:55:00.000Z',
      environment: 'staging',
      actor: 'ada',
      refs: [`commit:${sha}`, 'env:staging'],
      url: 'https://gitlab.com/acme/shop/-/jobs/796',
    });
  });

  it.each([
    null,
    {},
    { project },
    { project, object_attributes: {}, deployment_id: 'x', tag: 3, action: 'create' },
  ])('that are odd are counted: %j', (payload) => {
    const made = [
      pipelineWebhook(payload, host),
      deploymentWebhook(payload, host),
      releaseWebhook(payload, host, delivery),
    ];
    expect(made.map(({ kind }) => kind)).toEqual(['unsupported', 'unsupported', 'unsupported']);
  });
});
