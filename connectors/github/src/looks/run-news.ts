import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { readJobs } from '../translate/workflow-job.js';
import {
  WorkflowRun,
  completedAt,
  hasStarted,
  isCompleted,
  startedAt,
  translateRunCompleted,
  translateRunStarted,
} from '../translate/workflow-run.js';
import type { Round } from './look.js';
import type { RunLedger, Told } from './run-ledger.js';
import { isTooOld, sightingAt } from './sighting.js';

/** Conclusions whose reason, or whether it ever ran, only the jobs tell. */
const jobsTell: ReadonlySet<string> = new Set(['failure', 'timed_out', 'cancelled']);

const JobList = z.object({ jobs: z.array(z.unknown()) });

/** The jobs of an attempt; null where GitHub doesn't have them any more. */
async function jobsOf(round: Round, run: WorkflowRun): Promise<unknown[] | null> {
  const { github, path, signal } = round;
  const jobs: unknown[] = [];
  const first = `${path}/actions/runs/${run.id}/attempts/${run.run_attempt}/jobs?per_page=100`;
  let target: string | URL | undefined = first;
  while (target !== undefined) {
    const reading = await github.find(target, { signal });
    if (!reading || reading.unchanged) return jobs.length > 0 ? jobs : null;
    jobs.push(...(JobList.safeParse(reading.json).data?.jobs ?? []));
    target = reading.next;
  }
  return jobs;
}

/** Tells what is news of one attempt, and notes it. */
async function attemptNews(
  round: Round,
  ledger: RunLedger,
  payload: unknown,
  run: WorkflowRun,
  told: Told,
): Promise<SourceEvent[]> {
  const { repository } = round;
  const completed = isCompleted(run);
  // A run is touched when it completes, or later.
  const asks = completed && jobsTell.has(run.conclusion ?? '') && !isTooOld(run.updated_at, round);
  const jobs = asks ? await jobsOf(round, run) : null;
  const read = readJobs(jobs ?? []);
  const events: SourceEvent[] = [];
  const start = startedAt(run);
  const started = hasStarted(run, read);
  if (told === 0 && started && !isTooOld(start, round)) {
    events.push(...round.take(translateRunStarted(payload, repository, sightingAt(start, round))));
  }
  const end = completedAt(run, read);
  if (completed && !isTooOld(end, round)) {
    events.push(...round.take(translateRunCompleted(payload, jobs, repository, sightingAt(end, round))));
  }
  ledger.note(run.id, run.run_attempt, completed ? 2 : started || told === 1 ? 1 : 0);
  return events;
}

/** Attempts before the one that a list shows, from `first` on; those from before the beginning are left out. */
async function earlierAttempts(round: Round, run: WorkflowRun, first: number): Promise<unknown[]> {
  const { github, path, signal } = round;
  const payloads: unknown[] = [];
  let later = run;
  for (let attempt = run.run_attempt - 1; attempt >= first; attempt -= 1) {
    // It had ended when the one behind it was started.
    if (isTooOld(startedAt(later), round)) break;
    const reading = await github.find(`${path}/actions/runs/${run.id}/attempts/${attempt}`, { signal });
    if (!reading || reading.unchanged) continue;
    payloads.unshift(reading.json);
    later = WorkflowRun.safeParse(reading.json).data ?? later;
  }
  return payloads;
}

/** Tells what is news of a run as GitHub shows it now: of this attempt, and of those before it. */
async function runNews(round: Round, ledger: RunLedger, payload: unknown): Promise<SourceEvent[]> {
  const { data: run } = WorkflowRun.safeParse(payload);
  if (!run) return round.take({ kind: 'unsupported', what: 'workflow_run' });
  const { attempt, told } = ledger.toldOf(run);
  // What was told is the newer word: the answer is from a server that lags behind.
  if (run.run_attempt < attempt || (run.run_attempt === attempt && told === 2)) return [];
  const first = told === 2 ? attempt + 1 : attempt;
  const events: SourceEvent[] = [];
  for (const earlier of await earlierAttempts(round, run, first)) {
    const { data: before } = WorkflowRun.safeParse(earlier);
    if (!before) events.push(...round.take({ kind: 'unsupported', what: 'workflow_run' }));
    else {
      const toldBefore = before.run_attempt === attempt ? told : 0;
      events.push(...(await attemptNews(round, ledger, earlier, before, toldBefore)));
    }
  }
  const toldNow = run.run_attempt === attempt ? told : 0;
  return [...events, ...(await attemptNews(round, ledger, payload, run, toldNow))];
}

/** Tells what is news of the runs of a page, newest last, which come newest first. */
export async function runsNews(
  round: Round,
  ledger: RunLedger,
  payloads: readonly unknown[],
): Promise<SourceEvent[]> {
  const events: SourceEvent[] = [];
  for (const payload of payloads.toReversed()) events.push(...(await runNews(round, ledger, payload)));
  return events;
}
