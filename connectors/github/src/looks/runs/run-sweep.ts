import { z } from 'zod';
import type { Found, Round } from '../look.js';
import type { RunLedger } from './run-ledger.js';
import { runsOf } from './run-lists.js';
import { runsNews } from './run-news.js';

const dayMs = 86_400_000;
/**
 * So long after its creation a run can be run again:
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
 */
const rerunDays = 30;
/** The latest days are compared one by one, those before them by the week. */
const singleDays = 7;
/** GitHub lists no more than 1,000 runs that a filter finds. */
const pagesOfSpan = 10;
/** Pages that are compared at most, the latest first. */
const mostPages = 60;
/** Of an address that is kept. */
const mostCharacters = 2_000;

/** A page of the runs of a span: its ETag, and where the one behind it is. */
const SpanPage = z.tuple([z.string().max(500), z.string().max(mostCharacters).nullable()]);

/** By span, as the filter has it: `2026-11-24`, `2026-11-05T00:00:00Z..2026-11-11T23:59:59Z`. */
export const SweepState = z.record(z.string().max(50), z.array(SpanPage).max(pagesOfSpan));
export type SweepState = z.infer<typeof SweepState>;
type SpanPage = z.infer<typeof SpanPage>;

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/**
 * Spans of time whose runs the first page of the list doesn't show, the latest first. `reach`: its oldest run. A span
 * is the same from one look to the next, so that its ETag holds.
 */
function spansBehind(reach: string, at: string): string[] {
  const end = Date.parse(at);
  const backTo = (back: number) => dayOf(end - back * dayMs);
  const days = Array.from({ length: singleDays + 1 }, (_, back) => backTo(back));
  const weekOf = (back: number) => Math.floor((end - back * dayMs) / (7 * dayMs));
  const [latest, earliest] = [weekOf(singleDays + 1), weekOf(rerunDays + 1)];
  const weeks = Array.from({ length: latest - earliest + 1 }, (_, nth) => {
    const first = (latest - nth) * 7 * dayMs;
    return `${dayOf(first)}T00:00:00Z..${dayOf(first + 6 * dayMs)}T23:59:59Z`;
  });
  return [...days, ...weeks].filter((span) => span.slice(0, 10) <= dayOf(Date.parse(reach)));
}

async function* sweepSpan<State>(
  round: Round,
  ledger: RunLedger,
  span: string,
  { known, room }: { known: readonly SpanPage[]; room: number },
): AsyncGenerator<Found<State>, SpanPage[], void> {
  const { github, path, signal } = round;
  const pages: SpanPage[] = [];
  const created = encodeURIComponent(span);
  let target: string | URL | undefined = `${path}/actions/runs?created=${created}&per_page=100`;
  while (target !== undefined && pages.length < Math.min(pagesOfSpan, room)) {
    const before = known[pages.length];
    const reading = await github.get(target, { etag: before?.[0] || undefined, signal });
    if (reading.unchanged) {
      if (before === undefined) break;
      pages.push(before);
      target = before[1] === null ? undefined : new URL(before[1]);
      continue;
    }
    yield { events: await runsNews(round, ledger, runsOf(round, reading.json).runs) };
    target = reading.next && reading.next.href.length <= mostCharacters ? reading.next : undefined;
    pages.push([reading.etag ?? '', target?.href ?? null]);
  }
  return pages;
}

/**
 * Compares the attempts of all runs that can be run again with what was told: a run that is run again keeps its place
 * in every list. Spans at rest answer that they are unchanged, which costs nothing.
 */
export async function* sweepRuns<State>(
  round: Round,
  ledger: RunLedger,
  reach: string,
  known: SweepState,
): AsyncGenerator<Found<State>, SweepState, void> {
  const state: SweepState = {};
  let room = mostPages;
  for (const span of spansBehind(reach, round.at)) {
    const pages = yield* sweepSpan<State>(round, ledger, span, { known: known[span] ?? [], room });
    state[span] = pages;
    room -= pages.length;
  }
  return state;
}
