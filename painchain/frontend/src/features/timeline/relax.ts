import { print } from '@painchain/query';
import { conditionsOf, readQuery, withoutCondition } from '../../address/conditions.js';
import { type HomeSearch, isTimed } from '../../address/home-search.js';
import { boundsOf, type TimeRange } from '../../address/time-range.js';
import type { Zone } from '../../components/clock.js';

/** A way to ask for less, and the address that does. */
export type Relaxed = {
  id: string;
  /** The condition that it leaves out; undefined leaves out the time. */
  without: string | undefined;
  search: HomeSearch;
};

/** Each condition left out by itself, the most specific first, and the time. */
export function relaxations(search: HomeSearch): Relaxed[] {
  const reading = readQuery(search.q);
  const conditions = 'fault' in reading ? [] : conditionsOf(reading.query);
  const ways = conditions.map(({ text, isNegated }, index): Relaxed => {
    const left = 'fault' in reading ? '' : print(withoutCondition(index)(reading.query));
    const { q: _q, ...rest } = search;
    const without = (isNegated ? '-' : '') + text;
    return { id: without, without, search: left === '' ? rest : { ...rest, q: left } };
  });
  if (!isTimed(search)) return ways;
  const { range: _range, from: _from, to: _to, ...anyTime } = search;
  return [...ways, { id: 'any time', without: undefined, search: anyTime }];
}

const shortestMs = 60 * 60_000;

/** A range of the same length that an event lies in the middle of. */
export function rangeAround(atMs: number, search: HomeSearch, now: number, zone: Zone): TimeRange {
  const { fromMs, toMs } = boundsOf(search, now, zone);
  const span = Math.max(shortestMs, fromMs === undefined ? 0 : (toMs ?? now) - fromMs);
  const from = Math.floor(atMs - span / 2);
  return { from: new Date(from).toISOString(), to: new Date(from + span).toISOString() };
}
