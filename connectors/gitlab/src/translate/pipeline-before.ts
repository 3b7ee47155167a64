import { z } from 'zod';
import { Instant } from './payload.js';

const Ended = z.object({ finished_at: Instant }).loose();

const Past = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string(),
  allow_failure: z.boolean().nullish().catch(null),
  finished_at: Instant,
});

/** The endings of a pipeline and of its last job are noted one after the other. */
const noteSkewMs = 1_000;

function outcomeOf(jobs: readonly z.output<typeof Past>[]): string {
  const ended = jobs.filter(({ allow_failure: mayFail }) => mayFail !== true).map(({ status }) => status);
  return ['failed', 'canceled'].find((status) => ended.includes(status)) ?? 'success';
}

/**
 * A pipeline that runs again as it was when it had ended before: by its jobs, those that were run again since among
 * them, as far as they had ended by then. Undefined where they don't tell.
 */
export function endedBefore(
  payload: unknown,
  jobs: readonly unknown[] | null,
): { pipeline: object; jobs: unknown[] } | undefined {
  const { data: pipeline } = Ended.safeParse(payload);
  if (!pipeline) return undefined;
  const end = Date.parse(pipeline.finished_at) + noteSkewMs;
  const latest = new Map<string, { job: z.output<typeof Past>; json: unknown }>();
  for (const json of jobs ?? []) {
    const { data: job } = Past.safeParse(json);
    if (!job || Date.parse(job.finished_at) > end) continue;
    if ((latest.get(job.name)?.job.id ?? -1) < job.id) latest.set(job.name, { job, json });
  }
  const past = [...latest.values()];
  if (past.length === 0) return undefined;
  return {
    pipeline: { ...pipeline, status: outcomeOf(past.map(({ job }) => job)) },
    jobs: past.map(({ json }) => json),
  };
}
