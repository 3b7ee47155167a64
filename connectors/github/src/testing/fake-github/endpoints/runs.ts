import { type Shape, userOf, written } from '../shape.js';
import type { Repository } from '../world/repository.js';
import { type Attempt, type Job, type Run, latest } from '../world/runs.js';
import { type Reply, type RepositoryAsk, type Route, json, list, notFound, shown } from './reply.js';

/** A run as it is, or was, at one of its attempts. */
function runOf(
  run: Run,
  attempt: Attempt,
  { webUrl, id, name, fullName }: Repository,
): Shape<'workflow-run'> {
  const { startedAt, endedAt, conclusion, number } = attempt;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.branch,
    head_sha: run.sha,
    path: '.github/workflows/ci.yml',
    display_title: 'Change something',
    run_number: run.number,
    run_attempt: number,
    event: run.event,
    status: endedAt === undefined ? 'in_progress' : 'completed',
    conclusion: conclusion ?? null,
    workflow_id: run.workflow.id,
    html_url: `${webUrl}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: written(run.createdAt),
    updated_at: written(endedAt ?? startedAt),
    run_started_at: written(startedAt),
    actor: userOf(run.by),
    triggering_actor: userOf(attempt.by),
    repository: { id, name, full_name: fullName },
  };
}

function jobOf(job: Job, run: Run, attempt: Attempt, { webUrl }: Repository): Shape<'job'> {
  const ended = written(attempt.endedAt ?? attempt.startedAt);
  return {
    id: job.id,
    run_id: run.id,
    run_attempt: attempt.number,
    head_sha: run.sha,
    name: job.name,
    status: 'completed',
    conclusion: job.conclusion,
    started_at: written(attempt.startedAt),
    completed_at: ended,
    html_url: `${webUrl}/actions/runs/${run.id}/job/${job.id}`,
    steps: job.steps.map(({ name, conclusion }, index) => ({
      name,
      status: 'completed',
      conclusion,
      number: index + 1,
    })),
  };
}

/** Whether an instant lies in a range as GitHub's searches write it: `>=a`, `a..b`, `a..*`, or a day. */
function isIn(at: number, range: string): boolean {
  const [from = '', to] = range.split('..');
  if (to !== undefined) {
    return (from === '*' || at >= Date.parse(from)) && (to === '*' || at <= Date.parse(to));
  }
  const [, sign, instant = ''] = /^([<>]=?)?(.*)$/.exec(range) ?? [];
  const bound = Date.parse(instant);
  if (sign === '>=') return at >= bound;
  if (sign === '>') return at > bound;
  if (sign === '<=') return at <= bound;
  if (sign === '<') return at < bound;
  return new Date(at).toISOString().startsWith(instant);
}

const filters = ['actor', 'branch', 'check_suite_id', 'created', 'event', 'head_sha', 'status'];

function runs(ask: RepositoryAsk): Reply {
  const { query, repository } = ask;
  const [status, created, branch] = ['status', 'created', 'branch'].map((name) => query.get(name));
  const found = shown(repository.runs, ask, ({ createdAt }) => createdAt).filter((run) => {
    const { endedAt, conclusion } = latest(run);
    const state = endedAt === undefined ? 'in_progress' : 'completed';
    return (
      (!status || state === status || conclusion === status) &&
      (!created || isIn(run.createdAt, created)) &&
      (!branch || run.branch === branch)
    );
  });
  const filtered = filters.some((name) => query.has(name));
  const items = found.map((run) => runOf(run, latest(run), repository));
  return list(items, { field: 'workflow_runs', ...(filtered ? { most: 1_000 } : {}) });
}

function withRun(
  { repository }: RepositoryAsk,
  [id, attempt]: [id: string, attempt?: string | undefined],
  answer: (run: Run, attempt: Attempt) => Reply,
): Reply {
  const run = repository.runs.find((other) => other.id === Number(id));
  const found = run && (attempt === undefined ? latest(run) : run.attempts[Number(attempt) - 1]);
  return run && found ? answer(run, found) : notFound;
}

const jobs = (ask: RepositoryAsk, id: string, attempt?: string) =>
  withRun(ask, [id, attempt], (run, found) =>
    list(
      found.jobs.map((job) => jobOf(job, run, found, ask.repository)),
      { field: 'jobs' },
    ),
  );

const run = (ask: RepositoryAsk, id: string, attempt?: string) =>
  withRun(ask, [id, attempt], (found, of) => json(runOf(found, of, ask.repository)));

export const runRoutes: Route<RepositoryAsk>[] = [
  [/^actions\/runs$/, runs],
  [/^actions\/runs\/(\d+)$/, run],
  [/^actions\/runs\/(\d+)\/attempts\/(\d+)$/, run],
  [/^actions\/runs\/(\d+)\/jobs$/, (ask, id) => jobs(ask, id)],
  [/^actions\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/, jobs],
];
