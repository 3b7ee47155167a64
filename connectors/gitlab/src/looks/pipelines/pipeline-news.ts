import type { SourceEvent } from '@painchain/connector-sdk';
import { isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { endedBefore } from '../../translate/pipeline-before.js';
import {
  Pipeline,
  completedAt,
  endingOf,
  hasStarted,
  isCompleted,
  startedAt,
  translatePipelineCompleted,
  translatePipelineStarted,
} from '../../translate/pipeline.js';
import type { Round } from '../look.js';
import { everyJobOf, jobsOf } from './pipeline-jobs.js';
import type { KnownPipeline, PipelineLedger } from './pipeline-ledger.js';

/** What none of its jobs has begun in, unless it is run again. */
const waiting: ReadonlySet<string> = new Set([
  'created',
  'waiting_for_resource',
  'preparing',
  'waiting_for_callback',
  'pending',
]);

/** A pipeline with all that its own address says; a list leaves out by whom, and from when to when it ran. */
async function detailed({ gitlab, path, signal }: Round, listed: unknown, id: number): Promise<unknown> {
  const reading = await gitlab.find(`${path}/pipelines/${id}`, { signal });
  const isOne = reading && !reading.unchanged && Pipeline.safeParse(reading.json).data?.id === id;
  return isOne ? reading.json : listed;
}

function startNews(round: Round, payload: unknown, pipeline: Pipeline): SourceEvent[] {
  const instant = startedAt(pipeline);
  if (instant === undefined || isTooOld(instant, round)) return [];
  return round.take(translatePipelineStarted(payload, round.project, sightingAt(instant, round)));
}

/** How it has ended, or, where it runs again, how it had ended before that. */
async function endNews(
  round: Round,
  payload: unknown,
  pipeline: Pipeline,
  missedSince: number,
): Promise<SourceEvent[]> {
  const { project } = round;
  const instant = completedAt(pipeline);
  if (instant === undefined || isTooOld(instant, round)) return [];
  const sighting = sightingAt(instant, round);
  if (isCompleted(pipeline)) {
    const jobs = await jobsOf(round, pipeline);
    return round.take(translatePipelineCompleted(payload, jobs, project, sighting));
  }
  if (!pipeline.finished_at || Date.parse(pipeline.finished_at) < missedSince) return [];
  const before = endedBefore(payload, await everyJobOf(round, pipeline.id));
  return before
    ? round.take(translatePipelineCompleted(before.pipeline, before.jobs, project, sighting))
    : [];
}

/** Its latest ending; empty where it has none so far. */
function endingSeen(pipeline: Pipeline): string {
  return isCompleted(pipeline) || pipeline.finished_at ? endingOf(pipeline).slice(0, 30) : '';
}

/** Tells what is news of a pipeline, as all that is known of it says, and notes it. */
async function newsOf(
  round: Round,
  ledger: PipelineLedger,
  payload: unknown,
  { pipeline, known, since }: { pipeline: Pipeline; known: KnownPipeline; since: number },
): Promise<SourceEvent[]> {
  const events: SourceEvent[] = [];
  const started = hasStarted(pipeline);
  if (started && !known.started) events.push(...startNews(round, payload, pipeline));
  const ended = endingSeen(pipeline);
  if (ended !== '' && ended !== known.ended) {
    // Of one that was watched all the while no ending is from before: it may only have waited long to run again.
    events.push(...(await endNews(round, payload, pipeline, known.touched === 0 ? since : 0)));
  }
  ledger.note(pipeline, { started: known.started || started, ended: ended || known.ended });
  return events;
}

/**
 * Tells what is news of a pipeline that a list shows. `since`: from when on, in milliseconds since 1970, an ending may
 * have been missed because the pipeline runs again already.
 */
export async function pipelineNews(
  round: Round,
  ledger: PipelineLedger,
  listed: unknown,
  since: number,
): Promise<SourceEvent[]> {
  const { data: shown } = Pipeline.safeParse(listed);
  if (!shown) return round.take({ kind: 'unsupported', what: 'pipeline' });
  if (ledger.isKnown(shown)) return [];
  const known = ledger.of(shown.id);
  // One that is older than what is remembered runs again: it has had its endings.
  const isAgain = known.started || (known.touched === 0 && Date.parse(shown.created_at ?? '') < since);
  if (waiting.has(shown.status) && !isAgain) {
    ledger.note(shown, known);
    return [];
  }
  const payload = await detailed(round, listed, shown.id);
  const pipeline = Pipeline.safeParse(payload).data ?? shown;
  return newsOf(round, ledger, payload, { pipeline, known, since });
}

/** Asks for a pipeline that no list has shown for a while, and tells what is news of it. */
export async function openNews(
  round: Round,
  ledger: PipelineLedger,
  id: number,
  since: number,
): Promise<SourceEvent[]> {
  const { gitlab, path, signal } = round;
  const reading = await gitlab.find(`${path}/pipelines/${id}`, { signal });
  ledger.noteAsked(id, Date.parse(round.at));
  if (!reading) ledger.drop(id);
  if (!reading || reading.unchanged) return [];
  const { data: pipeline } = Pipeline.safeParse(reading.json);
  if (!pipeline) return round.take({ kind: 'unsupported', what: 'pipeline' });
  if (ledger.isKnown(pipeline)) return [];
  return newsOf(round, ledger, reading.json, { pipeline, known: ledger.of(id), since });
}
