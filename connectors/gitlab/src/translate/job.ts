import { z } from 'zod';
import type { ProjectFacts } from './facts.js';
import { Id, Link } from './payload.js';
import { firstLine, pageOf } from './wording.js';

const Word = z.string().nullish().catch(null);

/**
 * A job of a pipeline as REST or a webhook has it, or a bridge: the job that starts another pipeline.
 * https://docs.gitlab.com/api/jobs/
 */
const Job = z.object({
  id: Id,
  name: z.string(),
  stage: Word,
  status: z.string(),
  allow_failure: z.boolean().nullish().catch(null),
  failure_reason: Word,
  web_url: Link,
  commit: z.object({ title: Word, message: Word }).nullish().catch(null),
  /** Which it belongs to: this one, or the child that a bridge has started. */
  pipeline: z.object({ id: Id }).nullish().catch(null),
  downstream_pipeline: z.object({ id: Id, project_id: Id.nullish(), status: Word }).nullish().catch(null),
});
export type Job = z.output<typeof Job>;

/** The jobs that can be read, in the order they were made. */
export function readJobs(payloads: readonly unknown[]): Job[] {
  return payloads
    .flatMap((payload) => Job.safeParse(payload).data ?? [])
    .sort((one, other) => one.id - other.id);
}

/** The stages of a pipeline's own jobs, in their order. */
export function stagesOf(jobs: readonly Job[], pipelineId: number): string[] {
  const own = jobs.filter(({ pipeline }) => !pipeline || pipeline.id === pipelineId);
  return [...new Set(own.flatMap(({ stage }) => stage?.trim() || []))];
}

/** What the commit says that jobs were made for, in its first line; empty where they don't tell. */
export function commitTitleOf(jobs: readonly Pick<Job, 'commit'>[]): string {
  const commit = jobs.find(({ commit: of }) => of?.title ?? of?.message)?.commit;
  return firstLine(commit?.title ?? commit?.message ?? '', '');
}

/** A job as the event of its pipeline tells it. */
export interface FailedJob {
  name: string;
  stage?: string;
  reason?: string;
  url?: string;
  /** The child pipeline that it is of. */
  child_pipeline?: number;
  /** The pipeline that it has started. */
  downstream_pipeline?: number;
}

/** What a pipeline failed by: jobs that may fail are not to blame. */
export function failedJobs(jobs: readonly Job[], pipelineId: number, project: ProjectFacts): FailedJob[] {
  return jobs
    .filter(({ status, allow_failure: mayFail }) => status === 'failed' && mayFail !== true)
    .map(
      ({ id, name, stage, failure_reason: reason, web_url: page, pipeline, downstream_pipeline: down }) => {
        const url = page ?? pageOf(project, `jobs/${id}`).url;
        return {
          name,
          ...(stage?.trim() && { stage }),
          ...(reason?.trim() && { reason }),
          ...(url !== undefined && { url }),
          ...(pipeline && pipeline.id !== pipelineId && { child_pipeline: pipeline.id }),
          ...(down && { downstream_pipeline: down.id }),
        };
      },
    );
}

/** Pipelines of the project itself that bridges among its jobs have started and that failed. */
export function failedChildren(jobs: readonly Job[], { id }: Pick<ProjectFacts, 'id'>): number[] {
  return jobs.flatMap(({ downstream_pipeline: down }) =>
    down?.project_id === id && down.status === 'failed' ? [down.id] : [],
  );
}
