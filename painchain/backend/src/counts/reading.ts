import type { Capped } from '@painchain/contract';
import type { Query } from '@painchain/query';
import type { TransactionOptions } from '../database/database.js';
import type { WalkEnd } from '../query/walk.js';

/** All of one answer comes from one snapshot. */
export const readOptions: TransactionOptions = {
  isolation: 'repeatable read',
  readOnly: true,
  timeoutMs: 3_000,
};

/** How long the walks of one answer may take together, in milliseconds. */
export const walkBudgetMs = 1_500;

export function isEverything(query: Query): boolean {
  return query.kind === 'all' && query.of.length === 0;
}

/** The word for an answer whose walk did not come to the end of its range. */
export function cappedByTime({ end, reached }: WalkEnd): Capped | null {
  if (end !== 'time') return null;
  return {
    reason: 'time',
    reached: reached?.timestamp ?? null,
    detail: reached
      ? `Counted back to ${reached.timestamp}, then the time for one request was over: narrow the range or the query.`
      : 'Nothing could be counted in the time for one request: narrow the range or the query.',
  };
}

export function cappedByValues(field: string): Capped {
  return {
    reason: 'values',
    reached: null,
    detail: `There are more different values of ${field} than can be told apart in one request, and frequent ones may be missing: narrow the range or the query.`,
  };
}

/** Of several walks through one range, newest first, the one that came least far. */
export function leastReached(ends: readonly WalkEnd[]): WalkEnd {
  const capped = ends.filter(({ end }) => end === 'time');
  const newest = (one: WalkEnd, other: WalkEnd) =>
    (one.reached?.timestamp ?? '~') > (other.reached?.timestamp ?? '~') ? one : other;
  return capped.length > 0 ? capped.reduce(newest) : { end: 'range', reached: undefined };
}
