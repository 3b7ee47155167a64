import type { components } from '@octokit/openapi-types';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Id, Instant, Link, Login, Sha, actorOf, reading, urlOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import { branchOf, completedTitle, nameOf, startedTitle } from './run-title.js';
import { backfillOf, commitRef, firstLine, refsOf, whenSeen } from './wording.js';
import { type WorkflowJob, failedJobs, readJobs } from './workflow-job.js';

type Schemas = components['schemas'];

/** What is read of a workflow run, or of one of its attempts. Old servers know of no attempts: it is the first. */
export const WorkflowRun = reading<Schemas['workflow-run']>()(
  z.object({
    id: Id,
    name: z.string().nullish(),
    display_title: z.string().nullish(),
    path: z.string().nullish(),
    run_number: z.int().nonnegative(),
    run_attempt: z
      .int()
      .positive()
      .nullish()
      .transform((attempt) => attempt ?? 1),
    event: z.string().nullish(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
    head_branch: z.string().nullish(),
    head_sha: Sha,
    head_commit: z.object({ message: z.string() }).nullish().catch(null),
    head_repository: z.object({ id: Id, full_name: z.string() }).nullish().catch(null),
    pull_requests: z
      .array(z.object({ number: z.int().positive(), base: z.object({ repo: z.object({ id: Id }) }) }))
      .nullish()
      .catch(null),
    html_url: Link,
    created_at: Instant,
    run_started_at: Instant.nullish(),
    updated_at: Instant,
    actor: Login,
    triggering_actor: Login,
  }),
);
export type WorkflowRun = z.output<typeof WorkflowRun>;

/** Conclusions of an attempt of which no job ever began. */
const neverRan: ReadonlySet<string> = new Set(['skipped', 'stale', 'startup_failure']);

/**
 * Whether it waits for somebody to let a stranger's workflow run, although GitHub calls that completed: once approved,
 * the very same attempt may run.
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
 */
export function needsApproval({ conclusion }: WorkflowRun): boolean {
  return conclusion === 'action_required';
}

export function isCompleted(run: WorkflowRun): boolean {
  return run.status === 'completed' && !needsApproval(run);
}

/** When the attempt was begun. Servers that don't say it know of no second attempt. */
export function startedAt(run: WorkflowRun): string {
  return run.run_started_at ?? run.created_at;
}

/** When its last job ended; where its jobs aren't known, when the run was last touched. */
export function completedAt(run: WorkflowRun, jobs: readonly WorkflowJob[]): string {
  const ends = jobs.flatMap(({ completed_at }) => completed_at ?? []);
  return ends.length === 0
    ? run.updated_at
    : ends.reduce((last, end) => (Date.parse(end) > Date.parse(last) ? end : last));
}

/** A run that was cancelled, or that nobody approved, tells only by its jobs whether it had left the queue. */
export function hasStarted(run: WorkflowRun, jobs: readonly WorkflowJob[]): boolean {
  if (!isCompleted(run)) return run.status === 'in_progress';
  if (neverRan.has(run.conclusion ?? '')) return false;
  return jobs.length > 0 ? jobs.some(({ ran }) => ran) : run.conclusion !== 'cancelled';
}

/** Its pull requests, those of this repository: a fork's runs name the fork's own, too. */
function pullRequestsOf({ pull_requests }: WorkflowRun, { id }: RepositoryFacts): number[] {
  return (pull_requests ?? []).filter(({ base }) => base.repo.id === id).map(({ number }) => number);
}

function runData(run: WorkflowRun, repository: RepositoryFacts): object {
  const pulls = pullRequestsOf(run, repository);
  const message = firstLine(run.head_commit?.message ?? '', '');
  return {
    run_number: run.run_number,
    attempt: run.run_attempt,
    workflow: nameOf(run),
    ...(run.display_title?.trim() && { title: run.display_title }),
    ...(run.event && { event: run.event }),
    ...(run.head_branch && { branch: branchOf(run, repository) }),
    commit: run.head_sha,
    ...(message !== '' && { commit_message: message }),
    ...(pulls.length > 0 && { pull_requests: pulls }),
    ...((run.triggering_actor ?? run.actor) && { triggering_actor: run.triggering_actor ?? run.actor }),
    ...(run.actor && { original_actor: run.actor }),
    ...(run.path && { path: run.path }),
    started_at: startedAt(run),
  };
}

type Told = Pick<SourceEvent, 'title' | 'status'> & { instant: string; data: object };

function factOf(
  fact: 'started' | 'completed',
  run: WorkflowRun,
  { title, status, instant, data }: Told,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { host, fullName } = repository;
  const pulls = pullRequestsOf(run, repository).map((number) => `change:${fullName}#${number}`);
  const event: SourceEvent = {
    key_parts: [host, 'run', String(run.id), String(run.run_attempt), fact],
    title,
    type: 'workflow_run',
    project: fullName,
    ...whenSeen(instant, sighting),
    status,
    ...actorOf(run.triggering_actor ?? run.actor),
    ...urlOf(run.html_url),
    subject: `${fullName}/run/${run.id}`,
    refs: refsOf(`run:${fullName}/${run.id}`, commitRef(run.head_sha), ...pulls),
    ...backfillOf(sighting),
    data: { ...runData(run, repository), ...data },
  };
  return { kind: 'events', events: [event] };
}

/** That an attempt of a workflow run has begun. Whether it has, `hasStarted` tells. */
export function translateRunStarted(
  payload: unknown,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: run } = WorkflowRun.safeParse(payload);
  if (!run) return unsupported('workflow_run');
  const status = 'in_progress';
  const told: Told = {
    title: startedTitle(run, repository),
    status,
    instant: startedAt(run),
    data: { status },
  };
  return factOf('started', run, told, repository, sighting);
}

/** Failed jobs that an event has room for; of a matrix, all may fail. */
const listedJobs = 100;

function durationOf(run: WorkflowRun, end: string): object {
  const seconds = Math.round((Date.parse(end) - Date.parse(startedAt(run))) / 1_000);
  return seconds < 0 ? {} : { duration_seconds: seconds };
}

/** How an attempt of a workflow run has ended, with the jobs that failed; null where its jobs aren't known. */
export function translateRunCompleted(
  payload: unknown,
  jobs: readonly unknown[] | null,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: run } = WorkflowRun.safeParse(payload);
  if (!run) return unsupported('workflow_run');
  if (!isCompleted(run)) return ignored('noChange');
  const read = readJobs(jobs ?? []);
  const failed = failedJobs(read, run.conclusion);
  const status = run.conclusion ?? 'completed';
  const instant = completedAt(run, read);
  const told: Told = {
    title: completedTitle(run, failed, repository),
    status,
    instant,
    data: {
      status: 'completed',
      conclusion: run.conclusion ?? null,
      ...(failed.length > 0 && { failed_jobs: failed.slice(0, listedJobs) }),
      completed_at: instant,
      ...(hasStarted(run, read) && durationOf(run, instant)),
    },
  };
  return factOf('completed', run, told, repository, sighting);
}
