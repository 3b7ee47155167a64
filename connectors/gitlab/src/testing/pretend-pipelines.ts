import type { World } from './living-gitlab.js';

/** One time that a pipeline runs, in milliseconds since 1970. Without `begins` nothing of it ever runs. */
interface PretendRun {
  asked: number;
  begins?: number;
  ends: number;
  status: string;
}

export interface PretendPipeline {
  id: number;
  runs: readonly PretendRun[];
  /** Something else touches it, such as its deletion being put off. */
  touched?: number;
  /** From when on a list shows it. */
  listed?: number;
  deleted?: number;
}

const instant = (ms: number) => new Date(ms).toISOString();
const last = (instants: readonly number[], now: number) =>
  instants.filter((at) => at <= now).reduce<number | undefined>((a, b) => Math.max(a ?? b, b), undefined);

function statusAt({ asked, begins, ends, status }: PretendRun, now: number): string {
  if (now >= ends) return status;
  return begins !== undefined && now >= begins && now >= asked ? 'running' : 'pending';
}

/** A pipeline as its own address shows it. */
export function pipelineAt({ id, runs, touched = 0 }: PretendPipeline, now: number) {
  const asked = runs.filter((run) => run.asked <= now);
  const [first, current] = [asked[0], asked.at(-1)];
  if (!first || !current) return undefined;
  const begins = asked.flatMap((run) => run.begins ?? []);
  const ends = asked.filter(({ status }) => status !== 'skipped').map((run) => run.ends);
  const started = begins.find((at) => at <= now);
  const finished = last(ends, now);
  const all = [...asked.flatMap((run) => [run.asked, run.begins ?? 0, run.ends]), touched];
  return {
    id,
    iid: id,
    project_id: 7,
    sha: 'a'.repeat(40),
    ref: 'main',
    tag: false,
    source: 'push',
    status: statusAt(current, now),
    created_at: instant(first.asked),
    updated_at: instant(last(all, now) ?? first.asked),
    started_at: started === undefined ? null : instant(started),
    finished_at: finished === undefined ? null : instant(finished),
    duration: finished === undefined ? null : 60,
    queued_duration: started === undefined ? null : 30,
    user: { id: 1, username: 'ada' },
    web_url: `https://gitlab.test/acme/shop/api/-/pipelines/${id}`,
  };
}

const detailsOnly = ['started_at', 'finished_at', 'duration', 'queued_duration', 'user'];

/** As a list shows it, which leaves much out. */
function listedOf(shown: object): object {
  return Object.fromEntries(Object.entries(shown).filter(([field]) => !detailsOnly.includes(field)));
}

/** The jobs of its runs: one each, that ends as the run does. */
function jobsAt({ id, runs }: PretendPipeline, now: number, retried: boolean) {
  const asked = runs.filter((run) => run.asked <= now);
  const jobs = asked.map(({ ends, status }, index) => ({
    id: id * 100 + index,
    name: 'test',
    stage: 'verify',
    status: ends <= now ? status : 'running',
    failure_reason: ends <= now && status === 'failed' ? 'script_failure' : undefined,
    finished_at: ends <= now ? instant(ends) : null,
    pipeline: { id },
    commit: { title: 'Raise the limit' },
  }));
  return retried ? jobs : jobs.slice(-1);
}

/** The part of a GitLab that has pipelines: what has changed since, oldest first, single ones, and their jobs. */
export function pretendPipelines(all: readonly PretendPipeline[]): World {
  return (path, query, now) => {
    const [, id, part] = /\/pipelines(?:\/(\d+))?(?:\/(\w+))?$/.exec(path) ?? [];
    const there = all.filter(({ deleted = Infinity }) => now < deleted);
    if (id === undefined) {
      const since = Date.parse(query.get('updated_after') ?? '');
      const listed = there
        .filter((pipeline) => (pipeline.listed ?? 0) <= now)
        .flatMap((pipeline) => pipelineAt(pipeline, now) ?? [])
        .filter(({ updated_at }) => Date.parse(updated_at) >= since);
      return { list: listed.sort((a, b) => a.updated_at.localeCompare(b.updated_at)).map(listedOf) };
    }
    const pipeline = there.find((one) => one.id === Number(id));
    const shown = pipeline && pipelineAt(pipeline, now);
    if (!pipeline || !shown) return undefined;
    if (part === 'bridges') return { list: [] };
    return part === 'jobs' ? { list: jobsAt(pipeline, now, query.has('include_retried')) } : { json: shown };
  };
}

/** Keys without their host, and the statuses, of all that has become of a pipeline. */
export function factsOf({ id, runs }: PretendPipeline, now: number): string[] {
  const asked = runs.filter((run) => run.asked <= now);
  const started = asked.some(({ begins = Infinity }) => begins <= now)
    ? [`pipeline ${id} started running`]
    : [];
  const ended = asked.filter(({ ends }) => ends <= now);
  const at = (ms: number) => `${instant(ms).slice(0, 19)}Z`;
  return [...started, ...ended.map(({ ends, status }) => `pipeline ${id} completed ${at(ends)} ${status}`)];
}
