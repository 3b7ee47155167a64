import type { World } from './living-github.js';

/** One attempt of a pretended run, in milliseconds since 1970. */
export interface PretendAttempt {
  asked: number;
  /** When its first job began; absent when it was cancelled before. */
  begins?: number;
  ends: number;
  conclusion: string;
}

export interface PretendRun {
  id: number;
  attempts: [PretendAttempt, ...PretendAttempt[]];
  /** From when on lists show it. */
  listed?: number;
  deleted?: number;
}

const instant = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, '');

/** An attempt as GitHub shows it at an instant; undefined before it was asked for. */
export function attemptAt(run: PretendRun, number: number, now: number) {
  const attempt = run.attempts[number - 1];
  if (!attempt || attempt.asked > now) return undefined;
  const { asked, begins = Infinity, ends, conclusion } = attempt;
  const status = ends <= now ? 'completed' : begins <= now ? 'in_progress' : 'queued';
  return {
    id: run.id,
    name: 'CI',
    display_title: 'Retry payments once',
    path: '.github/workflows/ci.yml',
    run_number: run.id % 10_000,
    run_attempt: number,
    event: 'push',
    status,
    conclusion: status === 'completed' ? conclusion : null,
    head_branch: 'main',
    head_sha: 'a'.repeat(40),
    head_commit: { message: 'Retry payments once' },
    pull_requests: [],
    html_url: `https://github.test/acme/api/actions/runs/${run.id}`,
    created_at: instant(run.attempts[0].asked),
    run_started_at: instant(asked),
    updated_at: instant(status === 'completed' ? ends : status === 'queued' ? asked : begins),
    actor: { login: 'ada' },
    triggering_actor: { login: 'ada' },
  };
}

function latestAt(run: PretendRun, now: number) {
  const gone = run.deleted !== undefined && run.deleted <= now;
  return gone ? undefined : attemptAt(run, run.attempts.filter(({ asked }) => asked <= now).length, now);
}

function jobsAt(run: PretendRun, number: number) {
  const attempt = run.attempts[number - 1];
  if (!attempt) return [];
  const { begins, ends, conclusion } = attempt;
  const steps = begins === undefined ? [] : [{ name: 'Run tests', conclusion }];
  return [{ name: 'test', conclusion, completed_at: instant(ends), steps }];
}

function isCreated(createdAt: string, filter: string | null): boolean {
  if (filter === null) return true;
  if (filter.startsWith('>=')) return createdAt >= filter.slice(2);
  if (filter.startsWith('<=')) return createdAt <= filter.slice(2);
  const [from = '', to] = filter.split('..');
  return to === undefined ? createdAt.startsWith(from) : createdAt >= from && createdAt <= to;
}

/** The part of a GitHub that has workflow runs: lists, filters, single runs, attempts and their jobs. */
export function pretendRuns(all: readonly PretendRun[]): World {
  return (path, query, now) => {
    const [, id, number, jobs] =
      /\/actions\/runs(?:\/(\d+))?(?:\/attempts\/(\d+))?(\/jobs)?$/.exec(path) ?? [];
    if (id === undefined) {
      const listed = all
        .filter(({ listed = 0 }) => listed <= now)
        .flatMap((run) => latestAt(run, now) ?? [])
        .filter(({ status }) => [null, status].includes(query.get('status')))
        .filter(({ created_at: createdAt }) => isCreated(createdAt, query.get('created')))
        .sort((one, other) => other.created_at.localeCompare(one.created_at) || other.id - one.id);
      return { list: query.has('created') ? listed.slice(0, 1_000) : listed, as: 'workflow_runs' };
    }
    const run = all.find((one) => one.id === Number(id));
    const latest = run && latestAt(run, now);
    if (!run || !latest) return undefined;
    if (jobs !== undefined) return { list: jobsAt(run, Number(number)), as: 'jobs' };
    const json = number === undefined ? latest : attemptAt(run, Number(number), now);
    return json && { json };
  };
}

/** Keys, without their host, of all that has become of a run. */
export function factsOf({ id, attempts }: PretendRun, now: number): string[] {
  return attempts.flatMap(({ asked, begins = Infinity, ends }, index) => {
    const key = `run ${id} ${index + 1}`;
    const started = asked <= now && begins <= now ? [`${key} started`] : [];
    return asked <= now && ends <= now ? [...started, `${key} completed`] : started;
  });
}
