import type { Repository } from './repository.js';

export interface Job {
  id: number;
  name: string;
  conclusion: 'success' | 'failure';
  steps: { name: string; conclusion: 'success' | 'failure' }[];
}

export interface Attempt {
  number: number;
  by: string;
  startedAt: number;
  endedAt: number | undefined;
  conclusion: 'success' | 'failure' | 'cancelled' | undefined;
  jobs: Job[];
}

export interface Run {
  id: number;
  number: number;
  workflow: { id: number; name: string };
  branch: string;
  sha: string;
  event: string;
  by: string;
  createdAt: number;
  updatedAt: number;
  /** Oldest first; never empty. */
  attempts: Attempt[];
  visibleFrom: number;
}

export function latest({ attempts }: Run): Attempt {
  const attempt = attempts.at(-1);
  if (!attempt) throw new Error('a run without an attempt');
  return attempt;
}

const subjectOf = ({ id }: Run) => `run/${id}`;

export function startRun(repository: Repository, branch: string, by: string, event = 'push'): Run {
  const { world } = repository;
  const run: Run = {
    id: world.id(),
    number: repository.runs.length + 1,
    workflow: { id: 77, name: 'CI' },
    branch,
    sha: repository.branches.get(branch) ?? world.sha(),
    event,
    by,
    createdAt: world.now(),
    updatedAt: world.now(),
    attempts: [],
    visibleFrom: world.visibleFrom(),
  };
  repository.runs.push(run);
  startAttempt(repository, run, by);
  return run;
}

/** Runs it (again). */
export function startAttempt(repository: Repository, run: Run, by: string): void {
  const { world } = repository;
  const number = run.attempts.length + 1;
  const [startedAt, visibleFrom] = [world.now(), Math.max(run.visibleFrom, world.now())];
  run.attempts.push({ number, by, startedAt, endedAt: undefined, conclusion: undefined, jobs: [] });
  run.updatedAt = startedAt;
  repository.fact('workflow_run', subjectOf(run), `${number} started`, visibleFrom);
}

export function endAttempt(
  repository: Repository,
  run: Run,
  conclusion: NonNullable<Attempt['conclusion']>,
): void {
  const { world } = repository;
  const attempt = latest(run);
  const verdict = conclusion === 'success' ? 'success' : 'failure';
  attempt.endedAt = world.now();
  attempt.conclusion = conclusion;
  attempt.jobs = ['build', 'test'].map((name) => {
    const jobVerdict = name === 'test' ? verdict : 'success';
    const steps = [{ name: `Run ${name}`, conclusion: jobVerdict } as const];
    return { id: world.id(), name, conclusion: jobVerdict, steps };
  });
  run.updatedAt = world.now();
  const visibleFrom = Math.max(run.visibleFrom, world.now());
  repository.fact('workflow_run', subjectOf(run), `${attempt.number} completed`, visibleFrom);
}
