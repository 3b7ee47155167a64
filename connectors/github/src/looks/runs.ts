import { z } from 'zod';
import { type Found, type Round, defineLook } from './look.js';
import { backfillRuns } from './run-backfill.js';
import { LedgerState, RunLedger } from './run-ledger.js';
import { placesOf, runsOf } from './run-lists.js';
import { runsNews } from './run-news.js';
import { SweepState, sweepRuns } from './run-sweep.js';
import { isTooOld } from './sighting.js';

const sweepEveryMs = 15 * 60_000;
/** Open runs that a round asks for one by one. */
const askedOneByOne = 30;
/** Pages of runs under way; more than a hundred at a time are found by and by. */
const underwayPages = 4;

const Etag = z.string().max(500);

/** The first page of the list: its runs, and when its oldest was created; null where it shows all there are. */
const FirstPage = z.object({
  etag: Etag.optional(),
  ids: z.array(z.int()).max(100),
  reach: z.string().nullable(),
});

const RunsState = LedgerState.extend({
  first: FirstPage.optional(),
  /** Of the list of runs under way. */
  underway: Etag.optional(),
  /** Of open runs, by id. */
  etags: z.record(z.string(), Etag),
  /** When attempts were last compared, RFC 3339. */
  swept: z.string().optional(),
  days: SweepState,
});
type RunsState = z.infer<typeof RunsState>;
type FirstPage = z.infer<typeof FirstPage>;
type Steps<Result> = AsyncGenerator<Found<RunsState>, Result, void>;

/** The list, newest first, down to what was known before or is too old. */
async function* lookAtNewest(
  round: Round,
  ledger: RunLedger,
  known: FirstPage | undefined,
  shown: Set<number>,
): Steps<FirstPage | undefined> {
  const { github, path, signal } = round;
  let first: FirstPage | undefined;
  let target: string | URL | undefined = `${path}/actions/runs?per_page=30`;
  while (target !== undefined) {
    const reading = await github.get(target, { etag: first ? undefined : known?.etag, signal });
    if (reading.unchanged) {
      for (const id of known?.ids ?? []) shown.add(id);
      return known;
    }
    const { runs } = runsOf(round, reading.json);
    const places = placesOf(runs);
    const reach = reading.next ? (places.at(-1)?.created_at ?? null) : null;
    first ??= { etag: reading.etag, ids: places.map(({ id }) => id).slice(0, 100), reach };
    for (const { id } of places) shown.add(id);
    yield { events: await runsNews(round, ledger, runs) };
    const arrived = places.some((run) => ledger.wasKnown(run.id) || isTooOld(run.created_at, round));
    target = arrived ? undefined : reading.next;
  }
  return first;
}

/** Runs under way wherever they stand in the list: old ones that are run again, if it takes them a while. */
async function* lookAtUnderway(
  round: Round,
  ledger: RunLedger,
  etag: string | undefined,
  shown: Set<number>,
): Steps<string | undefined> {
  const { github, path, signal } = round;
  let target: string | URL | undefined = `${path}/actions/runs?status=in_progress&per_page=30`;
  let latest: string | undefined;
  for (let page = 0; page < underwayPages && target !== undefined; page += 1) {
    const reading = await github.get(target, { etag: page === 0 ? etag : undefined, signal });
    if (reading.unchanged) return etag;
    if (page === 0) latest = reading.etag;
    const { runs } = runsOf(round, reading.json);
    for (const { id } of placesOf(runs)) shown.add(id);
    yield { events: await runsNews(round, ledger, runs) };
    target = reading.next;
  }
  return latest;
}

/** Open runs that no list of this round has shown, those first that were asked for longest ago. */
async function* lookAtOpen(
  round: Round,
  ledger: RunLedger,
  etags: RunsState['etags'],
  shown: ReadonlySet<number>,
): Steps<RunsState['etags']> {
  const { github, path, signal } = round;
  const next = { ...etags };
  const asked = ledger.open.filter((id) => !shown.has(id)).slice(0, askedOneByOne);
  for (const id of asked) {
    const reading = await github.find(`${path}/actions/runs/${id}`, { etag: etags[id], signal });
    if (!reading) ledger.drop(id);
    else if (reading.unchanged) ledger.touch(id);
    else {
      const events = await runsNews(round, ledger, [reading.json]);
      ledger.touch(id);
      yield { events };
      if (reading.etag !== undefined) next[id] = reading.etag;
    }
  }
  const open = new Set(ledger.open.map(String));
  return Object.fromEntries(Object.entries(next).filter(([id]) => open.has(id)));
}

async function* lookAgain(
  round: Round,
  ledger: RunLedger,
  known: RunsState,
): Steps<Omit<RunsState, keyof LedgerState>> {
  const shown = new Set<number>();
  const first = yield* lookAtNewest(round, ledger, known.first, shown);
  const reach = first?.reach ?? null;
  // Where one page shows all runs there are, nothing is behind it.
  const underway = reach === null ? undefined : yield* lookAtUnderway(round, ledger, known.underway, shown);
  const etags = yield* lookAtOpen(round, ledger, known.etags, shown);
  const rested = known.swept === undefined ? Infinity : Date.parse(round.at) - Date.parse(known.swept);
  if (reach === null || rested < sweepEveryMs) {
    return { first, underway, etags, swept: known.swept, days: known.days };
  }
  const days = yield* sweepRuns<RunsState>(round, ledger, reach, known.days);
  return { first, underway, etags, swept: round.at, days };
}

/**
 * Workflow runs, attempt by attempt. A run that is run again keeps its id, its creation and so its place in the list,
 * which is ordered by that and can't be asked for what has changed. So beside the newest runs those under way are
 * looked at each time, and every 15 minutes the attempts of the last seven days. What this misses is a run of more
 * than a week ago that is run again and has ended between two looks: of that only a webhook tells.
 *
 * All of it is one look, since what was told of a run must be known wherever it is seen next.
 */
export const runs = defineLook<RunsState>({
  name: 'runs',
  kind: 'workflow_run',
  state: RunsState,
  async *look(round, known) {
    const ledger = new RunLedger(known);
    let rest: Omit<RunsState, keyof LedgerState> = { etags: {}, days: {} };
    if (known === undefined) yield* backfillRuns<RunsState>(round, ledger);
    else rest = yield* lookAgain(round, ledger, known);
    yield { events: [], state: { ...rest, ...ledger.state }, busy: ledger.open.length > 0 };
  },
});
