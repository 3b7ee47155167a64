import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { commitTitleOf, failedJobs, readJobs, stagesOf } from './job.js';
import { Id, Iid, Instant, Link, Sha, Username, actorOf, secondOf } from './payload.js';
import { completedTitle, mergeRequestOf, startedTitle } from './pipeline-title.js';
import { ignored, unsupported } from './reasons.js';
import { backfillOf, changeRef, commitRef, pageOf, refsOf, versionRef, whenSeen } from './wording.js';

const Word = z.string().nullish().catch(null);
const Seconds = z.number().nonnegative().nullish().catch(null);
const When = Instant.nullish().catch(null);

/**
 * A pipeline as a list, its own address or a webhook has it; each leaves something out.
 * https://docs.gitlab.com/api/pipelines/
 */
export const Pipeline = z.object({
  id: Id,
  iid: Iid.nullish().catch(null),
  name: Word,
  ref: Word,
  tag: z.boolean().nullish().catch(null),
  sha: Sha,
  status: z.string().min(1),
  source: Word,
  created_at: When,
  updated_at: When,
  started_at: When,
  /** When it completed last: while it runs again, the time before. */
  finished_at: When,
  duration: Seconds,
  queued_duration: Seconds,
  yaml_errors: Word,
  web_url: Link,
  user: Username,
  stages: z.array(z.string()).nullish().catch(null),
  merge_request: z
    .object({ iid: Iid, target_project_id: Id.nullish().catch(null) })
    .nullish()
    .catch(null),
  commit: z.object({ title: Word, message: Word }).nullish().catch(null),
  source_pipeline: z
    .object({ pipeline_id: Id, project: z.object({ path_with_namespace: z.string().min(1) }) })
    .nullish()
    .catch(null),
});
export type Pipeline = z.output<typeof Pipeline>;

const endings: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

export function isCompleted({ status }: Pick<Pipeline, 'status'>): boolean {
  return endings.has(status);
}

/**
 * Whether any of its jobs has begun. A list and a webhook don't say when, so that their status has to tell; what was
 * cancelled may have waited all the while.
 */
export function hasStarted({ status, started_at }: Pipeline): boolean {
  return started_at === undefined ? ['running', 'success', 'failed'].includes(status) : started_at !== null;
}

/** When its first job began; webhooks tell only how long it had waited for that. */
function beganAt({ started_at, created_at, queued_duration }: Pipeline): string | undefined {
  if (started_at || !created_at || typeof queued_duration !== 'number') return started_at ?? undefined;
  const began = new Date(Date.parse(created_at) + Math.round(queued_duration) * 1_000);
  return Number.isNaN(began.getTime()) ? undefined : began.toISOString();
}

/** When it started, as far as it is known. */
export function startedAt(pipeline: Pipeline): string | undefined {
  return beganAt(pipeline) ?? pipeline.created_at ?? pipeline.updated_at ?? undefined;
}

/** When it completed; what is skipped has not run and notes no end. */
export function completedAt(pipeline: Pipeline): string | undefined {
  const { status, finished_at, updated_at, created_at } = pipeline;
  return (status === 'skipped' ? undefined : finished_at) ?? updated_at ?? created_at ?? undefined;
}

/**
 * What tells one completion of a pipeline from another: a retried one completes again. Nothing runs in what is
 * skipped, so that it happens once.
 */
export function endingOf({ status, finished_at }: Pick<Pipeline, 'status' | 'finished_at'>): string {
  return status === 'skipped' || !finished_at ? status : secondOf(finished_at);
}

function pipelineData(pipeline: Pipeline, project: ProjectFacts): object {
  const { id, iid, name, source, ref, tag, sha, user, source_pipeline: upstream } = pipeline;
  const mergeRequest = mergeRequestOf(pipeline, project.id);
  const began = beganAt(pipeline);
  return {
    pipeline_id: id,
    ...(iid && { iid }),
    ...(name?.trim() && { name }),
    ...(source && { source }),
    ...(ref && { ref }),
    ...(tag === true && { tag }),
    commit: sha,
    ...(mergeRequest !== undefined && { merge_requests: [mergeRequest] }),
    ...(user && { triggering_actor: user }),
    ...(upstream && {
      upstream_pipeline: { project: upstream.project.path_with_namespace, pipeline_id: upstream.pipeline_id },
    }),
    ...(began !== undefined && { started_at: began }),
    ...(typeof pipeline.queued_duration === 'number' && { queued_seconds: pipeline.queued_duration }),
  };
}

function refsFor(pipeline: Pipeline, project: ProjectFacts): string[] {
  const { id, sha, ref, tag, source_pipeline: upstream } = pipeline;
  const mergeRequest = mergeRequestOf(pipeline, project.id);
  return refsOf(
    `run:${project.fullPath}/${id}`,
    commitRef(sha),
    mergeRequest === undefined ? undefined : changeRef(project, '!', mergeRequest),
    tag === true && ref ? versionRef(project, ref) : undefined,
    upstream ? `run:${upstream.project.path_with_namespace}/${upstream.pipeline_id}` : undefined,
  );
}

type Told = Pick<SourceEvent, 'title' | 'status'> & { fact: string[]; instant: string; data: object };

function factOf(
  { title, status, fact, instant, data }: Told,
  pipeline: Pipeline,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const url = pipeline.web_url ?? pageOf(project, `pipelines/${pipeline.id}`).url;
  const event: SourceEvent = {
    key_parts: [project.host, 'pipeline', String(pipeline.id), ...fact],
    title,
    type: 'pipeline',
    project: project.fullPath,
    ...whenSeen(instant, sighting),
    status,
    ...actorOf(pipeline.user),
    ...(url !== undefined && { url }),
    subject: `${project.fullPath}/pipeline/${pipeline.id}`,
    refs: refsFor(pipeline, project),
    ...backfillOf(sighting),
    data: { ...pipelineData(pipeline, project), ...data },
  };
  return { kind: 'events', events: [event] };
}

/** That a pipeline has begun to run, the first time. Whether it has is for the caller to know. */
export function translatePipelineStarted(
  payload: unknown,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: pipeline } = Pipeline.safeParse(payload);
  const instant = pipeline && startedAt(pipeline);
  if (!pipeline || instant === undefined) return unsupported('pipeline');
  const message = commitTitleOf([pipeline]);
  const told: Told = {
    fact: ['started'],
    title: startedTitle(pipeline, project.id),
    status: 'running',
    instant,
    data: { status: 'running', ...(message !== '' && { commit_message: message }) },
  };
  return factOf(told, pipeline, project, sighting);
}

/** Failed jobs that an event has room for; of a matrix, all may fail. */
const listedJobs = 100;

/**
 * How a pipeline has ended, with the jobs that failed. `jobs` are its own, its bridges, and those of the children that
 * these have started; null where they aren't known.
 */
export function translatePipelineCompleted(
  payload: unknown,
  jobs: readonly unknown[] | null,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: pipeline } = Pipeline.safeParse(payload);
  const instant = pipeline && completedAt(pipeline);
  if (!pipeline || instant === undefined) return unsupported('pipeline');
  if (!isCompleted(pipeline)) return ignored('noChange');
  const { status, duration, yaml_errors: faults } = pipeline;
  const read = readJobs(jobs ?? []);
  const failed = failedJobs(read, pipeline.id, project);
  const stages = pipeline.stages ?? stagesOf(read, pipeline.id);
  const message = commitTitleOf([pipeline, ...read]);
  const told: Told = {
    fact: ['completed', endingOf(pipeline)],
    title: completedTitle(pipeline, failed, project.id),
    status,
    instant,
    data: {
      status,
      ...(failed.length > 0 && { failed_jobs: failed.slice(0, listedJobs) }),
      ...(faults?.trim() && { yaml_errors: faults }),
      completed_at: instant,
      ...(typeof duration === 'number' && { duration_seconds: duration }),
      ...(stages.length > 0 && { stages: stages.slice(0, listedJobs) }),
      ...(message !== '' && { commit_message: message }),
    },
  };
  return factOf(told, pipeline, project, sighting);
}
