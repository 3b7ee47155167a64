import type { Job, Pipeline } from '../world/pipelines.js';
import type { Project } from '../world/project.js';
import { maybe, userOf, written } from '../written.js';
import { commitOf } from './git.js';
import {
  type ProjectAsk,
  type Reply,
  type Route,
  isRefused,
  json,
  list,
  notFound,
  windowed,
} from './reply.js';

function listed({ id, iid, sha, ref, status, source, createdAt, updatedAt }: Pipeline, project: Project) {
  return {
    id,
    iid,
    project_id: project.id,
    sha,
    ref,
    status,
    source,
    created_at: written(project.world, createdAt),
    updated_at: written(project.world, updatedAt),
    web_url: `${project.webUrl}/-/pipelines/${id}`,
    name: null,
  };
}

function full(pipeline: Pipeline, project: Project): object {
  const { startedAt, finishedAt, createdAt } = pipeline;
  const { world } = project;
  const seconds = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? null : Math.round((to - from) / 1_000);
  return {
    ...listed(pipeline, project),
    before_sha: '0'.repeat(40),
    tag: false,
    yaml_errors: null,
    user: userOf(pipeline.by),
    started_at: maybe(world, startedAt),
    finished_at: maybe(world, finishedAt),
    committed_at: null,
    duration: seconds(startedAt, finishedAt),
    queued_duration: seconds(createdAt, startedAt),
    coverage: null,
    detailed_status: { group: pipeline.status, text: pipeline.status, has_details: true },
    archived: false,
  };
}

function pipelines(ask: ProjectAsk): Reply {
  const { project, query } = ask;
  const found = windowed(project.pipelines, ask, ['id', 'status', 'updated_at', 'ref', 'user_id']);
  if (isRefused(found)) return found;
  const [status, ref] = [query.get('status'), query.get('ref')];
  const wanted = found.filter(
    (each) => (status === null || each.status === status) && (ref === null || each.ref === ref),
  );
  return list(wanted.map((each) => listed(each, project)));
}

function jobOf(job: Job, pipeline: Pipeline, project: Project): object {
  const { world } = project;
  return {
    id: job.id,
    status: job.status,
    stage: job.stage,
    name: job.name,
    ref: pipeline.ref,
    tag: false,
    coverage: null,
    allow_failure: false,
    created_at: written(world, job.startedAt),
    started_at: written(world, job.startedAt),
    finished_at: maybe(world, job.finishedAt),
    duration: job.finishedAt === undefined ? null : (job.finishedAt - job.startedAt) / 1_000,
    queued_duration: 0.2,
    ...(job.status === 'failed' ? { failure_reason: 'script_failure' } : {}),
    user: userOf(pipeline.by),
    commit: commitOf(pipeline.sha, project),
    pipeline: listed(pipeline, project),
    web_url: `${project.webUrl}/-/jobs/${job.id}`,
    project: { ci_job_token_scope_enabled: false },
  };
}

function jobs({ project, query }: ProjectAsk, id: string): Reply {
  const pipeline = project.pipelines.find((other) => other.id === Number(id));
  if (!pipeline) return notFound();
  const scopes = query.getAll('scope[]');
  const found = pipeline.jobs
    .filter(({ retried }) => !retried || query.get('include_retried') === 'true')
    .filter(({ status }) => scopes.length === 0 || scopes.includes(status))
    .toReversed();
  return list(
    found.map((job) => jobOf(job, pipeline, project)),
    'id',
  );
}

export const pipelineRoutes: Route<ProjectAsk>[] = [
  [/^pipelines$/, pipelines],
  [
    /^pipelines\/(\d+)$/,
    ({ project }, id) => {
      const found = project.pipelines.find((other) => other.id === Number(id));
      return found ? json(full(found, project)) : notFound();
    },
  ],
  [/^pipelines\/(\d+)\/jobs$/, jobs],
  [/^pipelines\/(\d+)\/bridges$/, () => list([])],
];
