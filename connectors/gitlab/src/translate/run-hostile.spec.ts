import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { translateDeployment, translateDeploymentStatus } from './deployment.js';
import { translateEnvironmentStopped } from './environment.js';
import { translateImageTag } from './image.js';
import { endedBefore } from './pipeline-before.js';
import { translatePipelineCompleted, translatePipelineStarted } from './pipeline.js';
import { translateRelease } from './release.js';
import { deploymentWebhook } from './webhooks/deployment.js';
import { pipelineWebhook } from './webhooks/pipeline.js';
import { releaseWebhook } from './webhooks/release.js';

const facts = {
  host: 'gitlab.com',
  id: 7,
  fullPath: 'acme/shop',
  webUrl: 'https://gitlab.com/acme/shop',
};
const instant = '2026-11-24T10:00:00.000Z';
const delivery = { id: 'x', receivedAt: instant };
const sighting = { between: { from: null, to: instant } };
const project = { id: 7, path_with_namespace: 'acme/shop', web_url: 'https://gitlab.com/acme/shop' };

const pipeline = {
  id: 1,
  iid: 1,
  sha: 'a'.repeat(40),
  ref: 'main',
  tag: true,
  status: 'failed',
  source: 'push',
  created_at: instant,
  updated_at: instant,
  started_at: instant,
  finished_at: instant,
  duration: 3,
  queued_duration: 1,
  yaml_errors: 'x',
  name: 'x',
  user: { username: 'ada' },
  stages: [],
  web_url: '',
  merge_request: { iid: 2 },
  commit: { title: 'x' },
  source_pipeline: null,
};
const job = {
  id: 1,
  name: 'unit',
  stage: 'test',
  status: 'failed',
  allow_failure: false,
  failure_reason: 'x',
  web_url: '',
  commit: {},
  pipeline: { id: 1 },
  downstream_pipeline: { id: 2 },
  finished_at: instant,
};
const deployment = {
  id: 1,
  ref: 'main',
  sha: 'a'.repeat(40),
  status: 'success',
  created_at: instant,
  updated_at: instant,
  user: { username: 'ada' },
  environment: { name: 'x' },
  deployable: { id: 1 },
};
const release = {
  tag_name: 'v1',
  name: 'x',
  description: 'x',
  created_at: instant,
  released_at: instant,
  upcoming_release: false,
  author: {},
  commit: {},
  milestones: [],
  assets: { links: [] },
  _links: {},
};
const repository = { id: 5, path: 'acme/shop', location: 'registry.acme.test/acme/shop' };
const imageTag = { name: 'v1.0', digest: 'sha256:d', created_at: instant, total_size: 3 };
const environment = { id: 1, name: 'x', state: 'stopped', tier: 'x', external_url: '' };

/** A payload of which some fields are anything at all. */
const spoilt = (payload: object) =>
  fc
    .dictionary(fc.constantFrom(...Object.keys(payload)), fc.anything({ withNullPrototype: false }), {
      maxKeys: 3,
    })
    .map((fields) => ({ ...payload, ...fields }));

function madeOf(
  of: Record<'pipeline' | 'job' | 'deployment' | 'release' | 'environment' | 'imageTag', object>,
) {
  const before = endedBefore(of.pipeline, [of.job, null]);
  return [
    translatePipelineStarted(of.pipeline, facts, {}),
    translatePipelineCompleted(of.pipeline, [of.job, null], facts, {}),
    translatePipelineCompleted(before?.pipeline, before?.jobs ?? null, facts, {}),
    translateDeployment(of.deployment, facts, {}),
    translateDeploymentStatus(of.deployment, facts, {}),
    translateEnvironmentStopped(of.environment, facts, sighting),
    translateRelease(of.release, null, facts, {}),
    translateImageTag(of.imageTag, false, repository, facts, {}),
    translateImageTag(of.imageTag, true, repository, facts, sighting),
    translateRelease(of.release, ['=x'], facts, sighting),
    pipelineWebhook({ project, object_attributes: of.pipeline, builds: [of.job] }, facts.host),
    deploymentWebhook({ project, deployment_id: 1, ...of.deployment }, facts.host),
    releaseWebhook({ project, tag: 'v1', action: 'update', ...of.release }, facts.host, delivery),
  ];
}

it('makes of anything an event that can be stored, or says that it can’t be read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        pipeline: spoilt(pipeline),
        job: spoilt(job),
        deployment: spoilt(deployment),
        release: spoilt(release),
        environment: spoilt(environment),
        imageTag: spoilt(imageTag),
      }),
      async (payloads) => {
        const made = madeOf(payloads);
        expect(made.map(({ kind }) => kind)).not.toContain(undefined);
        await stored(made.flatMap((one) => (one.kind === 'events' ? one.events : [])));
      },
    ),
  );
});

it('makes of texts and lists of any length events that can be stored', async () => {
  const long = 'x'.repeat(500_000);
  const jobs = Array.from({ length: 300 }, (_, id) => ({
    ...job,
    id,
    name: long.slice(0, 2_000),
    stage: `${id}`,
  }));
  const links = Array.from({ length: 300 }, (_, id) => ({
    id,
    name: long.slice(0, 2_000),
    url: long.slice(0, 900),
  }));
  const longPipeline = { ...pipeline, name: long, ref: long, source: long, yaml_errors: long, stages: null };
  const made = [
    ...madeOf({
      pipeline: longPipeline,
      job: { ...job, name: long, failure_reason: long },
      deployment: { ...deployment, ref: long, status: long, environment: { name: long } },
      release: { ...release, tag_name: long, name: long, description: long, assets: { links } },
      environment: { ...environment, name: long },
      imageTag: { ...imageTag, name: long, digest: long },
    }),
    translatePipelineCompleted(longPipeline, jobs, facts, {}),
  ];
  expect(made.at(-1)).toMatchObject({
    events: [{ data: { failed_jobs: { length: 100 }, stages: { length: 100 } } }],
  });
  await stored(made.flatMap((one) => (one.kind === 'events' ? one.events : [])));
});

it('links to no address that a browser must not go to', () => {
  const elsewhere = { ...facts, webUrl: 'javascript:alert(1)' };
  const made = [
    translatePipelineStarted({ ...pipeline, web_url: 'javascript:alert(1)' }, elsewhere, {}),
    translateDeployment(deployment, elsewhere, {}),
    translateRelease({ ...release, _links: { self: 'javascript:alert(1)' } }, null, elsewhere, {}),
  ];
  expect(made.map(({ kind }) => kind)).toEqual(['events', 'events', 'events']);
  expect(JSON.stringify(made)).not.toContain('javascript:');
});
