import type { Found, Round } from '../look.js';
import type { RunLedger } from './run-ledger.js';
import { placesOf, runsOf } from './run-lists.js';
import { runsNews } from './run-news.js';

/** GitHub lists no more of the runs that a filter finds: https://docs.github.com/en/rest/actions/workflow-runs */
const listedAtMost = 1_000;
const perPage = 100;
/** A first look goes through no more runs than this. */
const most = 10_000;
/** For the newest it also asks for jobs and earlier attempts, so that it ends before a limit does. */
const mostInFull = 2_000;

/** To the second, as the filter has it. */
function toSecond(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** Tells the runs since the beginning; where the list ends before them, the filter is moved. */
export async function* backfillRuns<State>(
  round: Round,
  ledger: RunLedger,
): AsyncGenerator<Found<State>, void, void> {
  const { github, path, signal, log, progress } = round;
  const since = toSecond(round.beginning);
  let total = 0;
  let done = 0;
  let until: string | undefined;
  while (true) {
    const created = encodeURIComponent(until === undefined ? `>=${since}` : `${since}..${until}`);
    let target: string | URL | undefined = `${path}/actions/runs?created=${created}&per_page=${perPage}`;
    let listed = 0;
    let found = 0;
    let oldest = until;
    for (let page = 0; page < listedAtMost / perPage && target !== undefined; page += 1) {
      const reading = await github.get(target, { signal });
      if (reading.unchanged) return;
      const { total: count, runs } = runsOf(round, reading.json);
      [found, listed] = [count, listed + runs.length];
      if (until === undefined) total = count;
      oldest = placesOf(runs).at(-1)?.created_at ?? oldest;
      yield { events: await runsNews(round, ledger, runs, done < mostInFull) };
      done += runs.length;
      progress({ done: Math.min(done, total), total, unit: 'runs' });
      target = reading.next;
    }
    const moved = oldest && toSecond(oldest);
    const isWhole = listed >= found && listed < listedAtMost;
    if (isWhole || moved === until || done >= most) break;
    until = moved;
  }
  progress(undefined);
  if (done < total) log.warn({ total, told: done }, 'the first look does not reach all workflow runs');
}
