import { existsSync, readFileSync } from 'node:fs';
import type { Translation } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { translateDeployment, translateDeploymentStatus } from './deployment.js';
import { Environment, translateEnvironmentStopped } from './environment.js';
import { ImageRepository } from './image.js';
import { readJobs } from './job.js';
import { translatePipelineCompleted, translatePipelineStarted } from './pipeline.js';
import { translateRelease } from './release.js';
import { deploymentWebhook } from './webhooks/deployment.js';
import { jobWebhook } from './webhooks/job.js';
import { pipelineWebhook } from './webhooks/pipeline.js';
import { releaseWebhook } from './webhooks/release.js';

/** Recorded data of public projects, beside the repository where it is there at all. */
const recorded = new URL('../../../../../shared/data/gitlab/', import.meta.url);
const hasRecorded = existsSync(recorded);

const host = 'gitlab.com';
const project = { host, id: 7, fullPath: 'acme/shop', webUrl: 'https://gitlab.com/acme/shop' };
const sighting = { between: { from: null, to: '2026-11-24T10:00:00Z' } };
const delivery = { id: 'x', receivedAt: '2026-11-24T10:00:00Z' };

type Translate = (body: unknown) => Translation[];

const pipeline: Translate = (body) => [
  translatePipelineStarted(body, project, {}),
  translatePipelineCompleted(body, null, project, {}),
];
const deployment: Translate = (body) => [
  translateDeployment(body, project, {}),
  translateDeploymentStatus(body, project, {}),
];
const release: Translate = (body) => [
  translateRelease(body, null, project, {}),
  translateRelease(body, [], project, sighting),
];
/** A body that is read, but is no change by itself. */
const job: Translate = (body) => [
  readJobs([body]).length === 1 ? { kind: 'ignored', reason: 'read' } : { kind: 'unsupported', what: 'job' },
];
const environment: Translate = (body) =>
  'state' in Object(body)
    ? [translateEnvironmentStopped(body, project, sighting)]
    : [
        Environment.safeParse(body).success
          ? { kind: 'ignored', reason: 'read' }
          : { kind: 'unsupported', what: '' },
      ];

const repository: Translate = (body) => [
  ImageRepository.safeParse(body).success
    ? { kind: 'ignored', reason: 'read' }
    : { kind: 'unsupported', what: 'image repository' },
];

/** By the names that others have given their recordings. */
const translators: Readonly<Record<string, Translate>> = {
  _raw_gitlab_api_pipeline: pipeline,
  _raw_gitlab_api_pipeline_details: pipeline,
  _raw_gitlab_api_deployments: deployment,
  _raw_gitlab_api_job: job,
  _raw_gitlab_api_trigger_job: job,
  pipeline,
  pipelines: pipeline,
  pipeline_cancel: pipeline,
  pipeline_jobs: job,
  bridge: job,
  build: job,
  builds: job,
  deployments: deployment,
  environment,
  'registry-repositories': repository,
  registry_repositories: repository,
  project_release: release,
  project_releases: release,
};

const webhooks: Readonly<Record<string, Translate>> = {
  pipeline: (body) => [pipelineWebhook(body, host)],
  deployment: (body) => [deploymentWebhook(body, host)],
  release: (body) => [releaseWebhook(body, host, delivery)],
  build: () => [jobWebhook()],
  job: () => [jobWebhook()],
};

function rowsOf<Row>(name: string): Row[] {
  const lines = readFileSync(new URL(name, recorded), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

async function outcomeOf(bodies: readonly (readonly [Translate | undefined, unknown])[]) {
  const made = bodies.flatMap(([translate, body]) =>
    (Array.isArray(body) ? body : [body]).flatMap((item) => translate?.(item) ?? []),
  );
  const events = made.flatMap((one) => (one.kind === 'events' ? one.events : []));
  await stored(events);
  return { events: events.length, unsupported: made.filter(({ kind }) => kind === 'unsupported') };
}

const kindOf = (payload: unknown) => String((Object(payload) as { object_kind?: unknown }).object_kind);

describe.skipIf(!hasRecorded)('recorded runs of public projects (skipped without shared/data)', () => {
  it('are read as answers, and make events', async () => {
    const rows = rowsOf<{ kind: string; data: unknown }>('api-devlake-gitlab.ndjson');
    const outcome = await outcomeOf(rows.map(({ kind, data }) => [translators[kind], data]));
    expect(outcome.unsupported).toEqual([]);
    expect(outcome.events).toBeGreaterThan(80);
  });

  it('are read as answers of many versions', async () => {
    const rows = rowsOf<{ name: string; body: unknown }>('api-client-fixtures.ndjson');
    const outcome = await outcomeOf(rows.map(({ name, body }) => [translators[name], body]));
    expect(outcome.unsupported).toEqual([]);
    expect(outcome.events).toBeGreaterThan(8);
  });

  it('are read as webhooks, and as those that clients are tested by', async () => {
    const sent = rowsOf<{ payload: unknown }>('webhooks.ndjson').map(({ payload }) => payload);
    const kept = rowsOf<{ name: string; body: unknown }>('api-client-fixtures.ndjson').filter(({ name }) =>
      /^(?:pipeline|deployment|job|release)-event$/.test(name),
    );
    const payloads = [...sent, ...kept.map(({ body }) => body)];
    const outcome = await outcomeOf(payloads.map((payload) => [webhooks[kindOf(payload)], payload]));
    expect(outcome.unsupported).toEqual([]);
    expect(outcome.events).toBeGreaterThan(6);
  });
});
