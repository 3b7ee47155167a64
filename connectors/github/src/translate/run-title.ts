import type { RepositoryFacts } from './facts.js';
import type { FailedJob } from './workflow-job.js';
import type { WorkflowRun } from './workflow-run.js';

/** Names of failed jobs that a title has room for. */
const namedJobs = 3;

const endings: Readonly<Record<string, string>> = {
  success: 'succeeded',
  failure: 'failed',
  timed_out: 'timed out',
  cancelled: 'was cancelled',
  skipped: 'was skipped',
  neutral: 'ended neutral',
  stale: 'went stale',
  startup_failure: 'could not start',
};

/** The workflow's name, else its file's. */
export function nameOf({ name, path }: Pick<WorkflowRun, 'name' | 'path'>): string {
  // Of a workflow in another place the path says from which ref: `….yml@main`.
  const file = path?.split('@', 1)[0]?.split('/').at(-1);
  return name?.trim() || file?.trim() || 'Workflow';
}

/** Its branch; a fork's has the owner before it, since a fork's `main` is nobody's here. */
export function branchOf({ head_branch, head_repository }: WorkflowRun, { id }: RepositoryFacts): string {
  const [owner] = head_repository && head_repository.id !== id ? head_repository.full_name.split('/') : [];
  return `${owner === undefined ? '' : `${owner}:`}${head_branch ?? ''}`;
}

function titleOf(run: WorkflowRun, what: string, repository: RepositoryFacts): string {
  const attempt = run.run_attempt > 1 ? ` (attempt ${run.run_attempt})` : '';
  const on = run.head_branch ? ` on ${branchOf(run, repository)}` : '';
  return `${nameOf(run)} #${run.run_number}${attempt} ${what}${on}`;
}

export function startedTitle(run: WorkflowRun, repository: RepositoryFacts): string {
  return titleOf(run, 'started', repository);
}

export function completedTitle(
  run: WorkflowRun,
  failed: readonly FailedJob[],
  repository: RepositoryFacts,
): string {
  const conclusion = run.conclusion ?? '';
  const ending = Object.hasOwn(endings, conclusion) ? endings[conclusion] : undefined;
  const title = titleOf(run, ending ?? `ended${conclusion && ` as ${conclusion}`}`, repository);
  if (failed.length === 0 || conclusion === 'cancelled') return title;
  const names = failed.slice(0, namedJobs).map(({ name }) => name);
  const more = failed.length > names.length ? ` and ${failed.length - names.length} more` : '';
  return `${title}: ${names.join(', ')}${more}`;
}
