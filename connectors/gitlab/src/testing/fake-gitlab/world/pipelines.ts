import type { Project } from './project.js';

export type Outcome = 'success' | 'failed' | 'canceled';

export interface Job {
  id: number;
  name: string;
  stage: string;
  status: 'running' | Outcome;
  startedAt: number;
  finishedAt: number | undefined;
  /** A later job of the same name stands for it. */
  retried: boolean;
}

export interface Pipeline {
  id: number;
  iid: number;
  ref: string;
  sha: string;
  source: string;
  by: string;
  status: 'pending' | 'running' | 'skipped' | Outcome;
  createdAt: number;
  updatedAt: number;
  startedAt: number | undefined;
  /** When it completed last: it stays while the pipeline runs again. */
  finishedAt: number | undefined;
  jobs: Job[];
  visibleFrom: number;
}

const subjectOf = ({ id }: Pipeline) => `pipeline/${id}`;

export function createPipeline(
  project: Project,
  ref: string,
  by: string,
  status: 'pending' | 'skipped' = 'pending',
): Pipeline {
  const { world } = project;
  const pipeline: Pipeline = {
    id: world.id(),
    iid: project.iid('pipeline'),
    ref,
    sha: project.branches.get(ref) ?? world.sha(),
    source: 'push',
    by,
    status,
    createdAt: world.now(),
    updatedAt: world.now(),
    startedAt: undefined,
    finishedAt: undefined,
    jobs: [],
    visibleFrom: world.visibleFrom(),
  };
  project.pipelines.push(pipeline);
  if (status === 'skipped') {
    project.fact('pipeline', subjectOf(pipeline), 'skipped', pipeline.visibleFrom);
  }
  return pipeline;
}

/** Lets it begin, or begin again: what was told of its beginning stays. */
export function runPipeline(project: Project, pipeline: Pipeline): void {
  const { world } = project;
  const now = world.now();
  for (const job of pipeline.jobs) job.retried = true;
  const job = { stage: 'build', status: 'running', startedAt: now, finishedAt: undefined } as const;
  pipeline.jobs.push(
    { ...job, id: world.id(), name: 'build', retried: false },
    { ...job, id: world.id(), name: 'test', stage: 'test', retried: false },
  );
  pipeline.status = 'running';
  pipeline.updatedAt = now;
  if (pipeline.startedAt !== undefined) return;
  pipeline.startedAt = now;
  project.fact('pipeline', subjectOf(pipeline), 'started', Math.max(pipeline.visibleFrom, now));
}

export function endPipeline(project: Project, pipeline: Pipeline, outcome: Outcome): void {
  const { world } = project;
  const now = world.now();
  for (const job of pipeline.jobs.filter(({ retried }) => !retried)) {
    job.status = job.name === 'test' ? outcome : 'success';
    job.finishedAt = now;
  }
  pipeline.status = outcome;
  pipeline.finishedAt = now;
  pipeline.updatedAt = now;
  const from = Math.max(pipeline.visibleFrom, now);
  // One that is over again before anybody has looked shows its last end only.
  const standing = project.stand(`end ${pipeline.id}`, String(now), { from, first: true });
  project.fact('pipeline', subjectOf(pipeline), outcome, from, standing);
}
