import type { SourceEvent } from '@painchain/connector-sdk';
import { isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { readJobs } from '../../translate/workflow-job.js';
import {
  WorkflowRun,
  completedAt,
  hasStarted,
  isCompleted,
  needsApproval,
  startedAt,
  translateRunCompleted,
  translateRunStarted,
} from '../../translate/workflow-run.js';
import type { Round } from '../look.js';
import type { RunLedger, Told } from './run-ledger.js';

/** GitHub runs nothing again more often: https://docs.github.com/en/actions/reference/limits */
const mostAttempts = 51;
/** Pages of an attempt's jobs; whoever has more has them from a machine. */
const jobPages = 10;

/** Conclusions whose reason, or whether it ever ran, only the jobs tell. */
const jobsTell: ReadonlySet<string> = new Set(['failure', 'timed_out', 'cancelled']);

const JobList = z.object({ jobs: z.array(z.unknown()) });

/** The jobs of an attempt; null where GitHub doesn't have them any more. */
async function jobsOf(round: Round, run: WorkflowRun): Promise<unknown[] | null> {
  const { github, path, signal } = round;
  const jobs: unknown[] = [];
  const first = `${path}/actions/runs/${run.id}/attempts/${run.run_attempt}/jobs?per_page=100`;
  let target: string | URL | undefined = first;
  for (let page = 0; page < jobPages && target !== undefined; page += 1) {
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
  { told, asks }: { told: Told; asks: boolean },
): Promise<SourceEvent[]> {
  const { repository } = round;
  if (needsApproval(run)) {
    ledger.noteUnapproved(run.id, run.run_attempt);
    return [];
  }
  const completed = isCompleted(run);
  // A run is touched when it completes, or later.
  const asksJobs =
    asks && completed && jobsTell.has(run.conclusion ?? '') && !isTooOld(run.updated_at, round);
  const jobs = asksJobs ? await jobsOf(round, run) : null;
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
  const earliest = Math.max(first, run.run_attempt - mostAttempts);
  let later = run;
  for (let attempt = run.run_attempt - 1; attempt >= earliest; attempt -= 1) {
    // It had ended when the one behind it was started.
    if (isTooOld(startedAt(later), round)) break;
    const reading = await github.find(`${path}/actions/runs/${run.id}/attempts/${attempt}`, { signal });
    if (!reading || reading.unchanged) continue;
    payloads.unshift(reading.json);
    later = WorkflowRun.safeParse(reading.json).data ?? later;
  }
  return payloads;
}

/** Tells what is news of a run as GitHub shows it now: of this attempt, and, asking for them, of those before it. */
async function runNews(
  round: Round,
  ledger: RunLedger,
  payload: unknown,
  asks: boolean,
): Promise<SourceEvent[]> {
  const { data: run } = WorkflowRun.safeParse(payload);
  if (!run) return round.take({ kind: 'unsupported', what: 'workflow_run' });
  const { attempt, told } = ledger.toldOf(run);
  // What was told is the newer word: the answer is from a server that lags behind.
  if (run.run_attempt < attempt || (run.run_attempt === attempt && told === 2)) return [];
  const first = told === 2 ? attempt + 1 : attempt;
  const events: SourceEvent[] = [];
  for (const earlier of asks ? await earlierAttempts(round, run, first) : []) {
    const { data: before } = WorkflowRun.safeParse(earlier);
    if (!before) events.push(...round.take({ kind: 'unsupported', what: 'workflow_run' }));
    else {
      const toldBefore = before.run_attempt === attempt ? told : 0;
      events.push(...(await attemptNews(round, ledger, earlier, before, { told: toldBefore, asks })));
    }
  }
  const toldNow = run.run_attempt === attempt ? told : 0;
  return [...events, ...(await attemptNews(round, ledger, payload, run, { told: toldNow, asks }))];
}

/**
 * Tells what is news of the runs of a page, newest last, which come newest first. Without `asks`, only what the page
 * itself says: their latest attempts, without the jobs that failed.
 */
export async function runsNews(
  round: Round,
  ledger: RunLedger,
  payloads: readonly unknown[],
  asks = true,
): Promise<SourceEvent[]> {
  const events: SourceEvent[] = [];
  for (const payload of payloads.toReversed()) events.push(...(await runNews(round, ledger, payload, asks)));
  return events;
}
