import { z } from 'zod';
import type { Found, Round } from './look.js';
import type { RunLedger } from './run-ledger.js';
import { runsOf } from './run-lists.js';
import { runsNews } from './run-news.js';

const dayMs = 86_400_000;
/** How far back runs are compared. */
const windowDays = 7;
/** Pages of a day: GitHub lists no more than 1,000 runs of one. */
const pagesOfDay = 10;
/** ETags that are kept, those of the latest days; pages without one are asked anew each time. */
const keptPages = 60;

/** A page of a day's runs: its ETag, and where the one behind it is. */
const DayPage = z.tuple([z.string().max(500), z.string().max(2_000).nullable()]);

/** By day, `2026-11-24`. */
export const SweepState = z.record(z.iso.date(), z.array(DayPage).max(pagesOfDay));
export type SweepState = z.infer<typeof SweepState>;
type DayPage = z.infer<typeof DayPage>;

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The days whose runs the first page of the list doesn't show, the latest first. `reach`: its oldest run. */
function daysBehind(reach: string, at: string): string[] {
  const end = Date.parse(at);
  const days = Array.from({ length: windowDays + 1 }, (_, back) => dayOf(end - back * dayMs));
  return days.filter((day) => day <= dayOf(Date.parse(reach)));
}

async function* sweepDay<State>(
  round: Round,
  ledger: RunLedger,
  day: string,
  known: readonly DayPage[],
): AsyncGenerator<Found<State>, DayPage[], void> {
  const { github, path, signal } = round;
  const pages: DayPage[] = [];
  let target: string | URL | undefined = `${path}/actions/runs?created=${day}&per_page=100`;
  while (target !== undefined && pages.length < pagesOfDay) {
    const before = known[pages.length];
    const reading = await github.get(target, { etag: before?.[0] || undefined, signal });
    if (reading.unchanged) {
      if (before === undefined) break;
      pages.push(before);
      target = before[1] === null ? undefined : new URL(before[1]);
      continue;
    }
    yield { events: await runsNews(round, ledger, runsOf(round, reading.json).runs) };
    pages.push([reading.etag ?? '', reading.next?.href ?? null]);
    target = reading.next;
  }
  return pages;
}

/**
 * Compares the attempts of the last days' runs with what was told: a run that is run again keeps its place in every
 * list. Days at rest answer that they are unchanged, which costs nothing.
 */
export async function* sweepRuns<State>(
  round: Round,
  ledger: RunLedger,
  reach: string,
  known: SweepState,
): AsyncGenerator<Found<State>, SweepState, void> {
  const state: SweepState = {};
  let room = keptPages;
  for (const day of daysBehind(reach, round.at)) {
    const pages = yield* sweepDay<State>(round, ledger, day, known[day] ?? []);
    state[day] = pages.slice(0, room);
    room -= state[day].length;
  }
  return state;
}
