import type { FailedJob } from './job.js';
import { mergeRequestIn } from './merge-request-ref.js';
import type { Pipeline } from './pipeline.js';

/** Names of failed jobs that a title has room for. */
const namedJobs = 3;

const endings: Readonly<Record<string, string>> = {
  success: 'succeeded',
  failed: 'failed',
  canceled: 'was cancelled',
  skipped: 'was skipped',
};

/** The merge request that a pipeline is run for, by its number in this project. */
export function mergeRequestOf(
  { ref, merge_request: of }: Pick<Pipeline, 'ref' | 'merge_request'>,
  projectId: number,
): number | undefined {
  const named = mergeRequestIn(ref);
  if (named !== undefined) return named;
  return of && (of.target_project_id ?? projectId) === projectId ? of.iid : undefined;
}

function titleOf(pipeline: Pipeline, what: string, projectId: number): string {
  const mergeRequest = mergeRequestOf(pipeline, projectId);
  const on = pipeline.ref ? ` on ${pipeline.ref}` : '';
  const where = mergeRequest === undefined ? on : ` for !${mergeRequest}`;
  return `${pipeline.name?.trim() || 'Pipeline'} #${pipeline.id} ${what}${where}`;
}

export function startedTitle(pipeline: Pipeline, projectId: number): string {
  return titleOf(pipeline, 'started', projectId);
}

export function completedTitle(pipeline: Pipeline, failed: readonly FailedJob[], projectId: number): string {
  const { status } = pipeline;
  const ending = Object.hasOwn(endings, status) ? endings[status] : undefined;
  const title = titleOf(pipeline, ending ?? `ended as ${status}`, projectId);
  if (failed.length === 0 || status !== 'failed') return title;
  const names = failed.slice(0, namedJobs).map(({ name }) => name);
  const more = failed.length > names.length ? ` and ${failed.length - names.length} more` : '';
  return `${title}: ${names.join(', ')}${more}`;
}
