import { isTooOld } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type Found, type Round, defineLook } from '../look.js';
import { backfillRuns } from './run-backfill.js';
import { LedgerState, RunLedger } from './run-ledger.js';
import { placesOf, runsOf } from './run-lists.js';
import { runsNews } from './run-news.js';
import { SweepState, sweepRuns } from './run-sweep.js';

const sweepEveryMs = 15 * 60_000;
/** Open runs that a round asks for one by one. */
const askedOneByOne = 30;
/** Pages of runs under way; more than a hundred at a time are found by and by. */
const underwayPages = 4;
/** Pages of the list; whatever lies behind them is left to the comparison of attempts. */
const newestPages = 300;

const Etag = z.string().max(500);

/** The first page of the list: its runs, when its latest was created, and its oldest; null where there are no more. */
const FirstPage = z.object({
  etag: Etag.optional(),
  ids: z.array(z.int()).max(100),
  latest: z.string(),
  reach: z.string().nullable(),
});

/** The list of runs under way that were created until then. */
const Underway = z.object({ etag: Etag.optional(), until: z.string() });

const RunsState = LedgerState.extend({
  first: FirstPage.optional(),
  underway: Underway.optional(),
  /** Of open runs, by id. */
  etags: z.record(z.string(), Etag),
  /** When attempts were last compared, RFC 3339. */
  swept: z.string().optional(),
  spans: SweepState,
});
type RunsState = z.infer<typeof RunsState>;
type FirstPage = z.infer<typeof FirstPage>;
type Underway = z.infer<typeof Underway>;
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
  for (let page = 0; page < newestPages && target !== undefined; page += 1) {
    const reading = await github.get(target, { etag: first ? undefined : known?.etag, signal });
    if (reading.unchanged) {
      for (const id of known?.ids ?? []) shown.add(id);
      return known;
    }
    const { runs } = runsOf(round, reading.json);
    const places = placesOf(runs);
    const reach = reading.next ? (places.at(-1)?.created_at ?? null) : null;
    const latest = places[0]?.created_at ?? round.at;
    first ??= { etag: reading.etag, ids: places.map(({ id }) => id).slice(0, 100), latest, reach };
    for (const { id } of places) shown.add(id);
    yield { events: await runsNews(round, ledger, runs) };
    const arrived = places.some((run) => ledger.wasKnown(run.id) || isTooOld(run.created_at, round));
    target = arrived ? undefined : reading.next;
  }
  return first;
}

/**
 * Runs under way behind the first page: old ones that are run again, if it takes them a while. Those that were made
 * later than `until` are left out, and it stays as long as the first page shows them: else each run of today would
 * change this list, too.
 */
async function* lookAtUnderway(
  round: Round,
  ledger: RunLedger,
  known: Underway,
  shown: Set<number>,
): Steps<Underway> {
  const { github, path, signal } = round;
  const created = encodeURIComponent(`<=${known.until}`);
  let target: string | URL | undefined =
    `${path}/actions/runs?status=in_progress&created=${created}&per_page=30`;
  let { etag } = known;
  for (let page = 0; page < underwayPages && target !== undefined; page += 1) {
    const reading = await github.get(target, { etag: page === 0 ? etag : undefined, signal });
    if (reading.unchanged) break;
    if (page === 0) ({ etag } = reading);
    const { runs } = runsOf(round, reading.json);
    for (const { id } of placesOf(runs)) shown.add(id);
    yield { events: await runsNews(round, ledger, runs) };
    target = reading.next;
  }
  return { etag, until: known.until };
}

/** What to ask for of the runs under way; undefined where one page shows all runs there are. */
function underwayBehind(first: FirstPage | undefined, known: Underway | undefined): Underway | undefined {
  if (!first || first.reach === null) return undefined;
  return known && Date.parse(known.until) >= Date.parse(first.reach) ? known : { until: first.latest };
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
  const behind = underwayBehind(first, known.underway);
  const underway = behind && (yield* lookAtUnderway(round, ledger, behind, shown));
  const etags = yield* lookAtOpen(round, ledger, known.etags, shown);
  const { swept, spans } = known;
  const rested = swept === undefined ? Infinity : Math.abs(Date.parse(round.at) - Date.parse(swept));
  if (reach === null || rested < sweepEveryMs) return { first, underway, etags, swept, spans };
  return {
    first,
    underway,
    etags,
    swept: round.at,
    spans: yield* sweepRuns<RunsState>(round, ledger, reach, spans),
  };
}

/**
 * Workflow runs, attempt by attempt. A run that is run again keeps its id, its creation and so its place in the list,
 * which is ordered by that and can't be asked for what has changed. So beside the newest runs those under way are
 * looked at each time, and every 15 minutes the attempts of all that can be run again, as far as they can be listed.
 *
 * All of it is one look, since what was told of a run must be known wherever it is seen next.
 */
export const runs = defineLook<RunsState>({
  name: 'runs',
  kind: 'workflow_run',
  state: RunsState,
  async *look(round, known) {
    const ledger = new RunLedger(known);
    let rest: Omit<RunsState, keyof LedgerState> = { etags: {}, spans: {} };
    if (known === undefined) yield* backfillRuns<RunsState>(round, ledger);
    else rest = yield* lookAgain(round, ledger, known);
    yield { events: [], state: { ...rest, ...ledger.state }, busy: ledger.open.length > 0 };
  },
});
