import { failedChildren, readJobs } from '../../translate/job.js';
import type { Round } from '../look.js';

/** Pages of one pipeline's jobs; whoever has more has them from a machine. */
const mostPages = 10;
/** Children that are asked for what failed in them. */
const mostChildren = 5;

/** All of a list; undefined where there is none, or it may not be seen. */
async function allOf({ gitlab, signal }: Round, address: string): Promise<unknown[] | undefined> {
  const items: unknown[] = [];
  let target: string | URL | undefined = address;
  for (let page = 0; page < mostPages && target !== undefined; page += 1) {
    const reading = await gitlab.find(target, { signal });
    if (!reading || reading.unchanged || !Array.isArray(reading.json)) break;
    items.push(...(reading.json as unknown[]));
    target = reading.next;
  }
  return items.length > 0 ? items : undefined;
}

/** The jobs of a pipeline, with those that were run again since; null where they are not to be had. */
export async function everyJobOf(round: Round, id: number): Promise<unknown[] | null> {
  const address = `${round.path}/pipelines/${id}/jobs?include_retried=true&per_page=100`;
  return (await allOf(round, address)) ?? null;
}

/**
 * The jobs of a pipeline that has ended; of one that failed also its bridges, which no list of jobs shows, and what
 * failed in the pipelines of this project that they have started. Null where they are not to be had.
 */
export async function jobsOf(
  round: Round,
  { id, status }: { id: number; status: string },
): Promise<unknown[] | null> {
  const of = (pipeline: number) => `${round.path}/pipelines/${pipeline}`;
  const jobs = await allOf(round, `${of(id)}/jobs?per_page=100`);
  if (status !== 'failed') return jobs ?? null;
  const bridges = (await allOf(round, `${of(id)}/bridges?per_page=100`)) ?? [];
  const all = [...(jobs ?? []), ...bridges];
  for (const child of failedChildren(readJobs(bridges), round.project).slice(0, mostChildren)) {
    all.push(...((await allOf(round, `${of(child)}/jobs?scope%5B%5D=failed&per_page=100`)) ?? []));
  }
  return all.length > 0 ? all : null;
}
