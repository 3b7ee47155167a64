import type { Capped } from '@painchain/contract';
import type { Query } from '@painchain/query';
import type { TransactionOptions } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import { cappedByIndexing } from '../query/indexing.js';
import type { WalkEnd } from '../query/walk.js';
import { withinTime } from '../query/within-time.js';

/** All of one answer comes from one snapshot. */
export const readOptions: TransactionOptions = {
  isolation: 'repeatable read',
  readOnly: true,
  timeoutMs: 1_900,
};

/** How long all that is counted for one answer may take together, in milliseconds. */
export const walkBudgetMs = 1_500;

/**
 * Reads what is kept of counts, in a part of the time that there is for walking: undefined when that was not enough,
 * and the rest is left to look at the events themselves.
 */
export function readInTime<T>(sql: Sql, budgetMs: number, read: () => Promise<T>): Promise<T | undefined> {
  return withinTime(sql, Math.max((budgetMs * 2) / 3, 1), read);
}

export function isEverything(query: Query): boolean {
  return query.kind === 'all' && query.of.length === 0;
}

/** How far an answer got. */
export interface Reach {
  end: WalkEnd;
  /** Whether text that was asked for is still being made searchable. */
  isIndexing: boolean;
}

/** What an answer that is not whole says. `crowded` is the field that has too many different values, if one has. */
export function cappedOf({ end, isIndexing }: Reach, crowded: string | undefined): Capped | null {
  if (end.end === 'time') return cappedByTime(end.reached?.timestamp ?? null);
  if (crowded !== undefined) return cappedByValues(crowded);
  return isIndexing ? cappedByIndexing : null;
}

function cappedByTime(reached: string | null): Capped {
  const detail = reached
    ? `Counted back to ${reached}, then the time for one request was over: narrow the range or the query.`
    : 'Nothing could be counted in the time for one request: narrow the range or the query.';
  return { reason: 'time', reached, detail };
}

function cappedByValues(field: string): Capped {
  const detail = `There are more different values of ${field} than can be told apart in one request, and frequent ones may be missing: narrow the range or the query.`;
  return { reason: 'values', reached: null, detail };
}

/** Of several walks through one range, newest first, the one that came least far. */
export function leastReached(ends: readonly WalkEnd[]): WalkEnd {
  const capped = ends.filter(({ end }) => end === 'time');
  const newest = (one: WalkEnd, other: WalkEnd) =>
    (one.reached?.timestamp ?? '~') > (other.reached?.timestamp ?? '~') ? one : other;
  return capped.length > 0 ? capped.reduce(newest) : { end: 'range', reached: undefined };
}
