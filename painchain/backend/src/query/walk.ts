import type { Query } from '@painchain/query';
import type { Sql } from '../database/sql.js';

/** A place on the timeline. The timestamp is UTC with microseconds, as the database wrote it. */
export interface Place {
  timestamp: string;
  seq: string;
}

export interface Walk {
  tenantId: number;
  query: Query;
  /** `from` is included, `to` is not. */
  range: { from?: string | undefined; to?: string | undefined };
  order: 'newest' | 'oldest';
  /** Begins beyond this place. */
  after?: Place | undefined;
  /** How long all steps together may take, in milliseconds. */
  budgetMs: number;
  /** What each event gives, as SQL over the alias `e` of events, by the name it gets in `hits`. */
  columns: Record<string, string>;
  /**
   * The statement's own part: a select from `hits (timestamp, seq, …columns)`, the step's matching events. `bind`
   * makes a parameter of a value.
   */
  select: (bind: Bind) => string;
}

/** Binds a value as a parameter of the type and gives what stands for it in the SQL. */
export type Bind = (value: unknown, type: string) => string;

export interface WalkEnd {
  /** `range`: everything was looked at. `enough`: the caller wanted no more. `time`: the time was over. */
  end: 'range' | 'enough' | 'time';
  /** The last place that was looked at; undefined when there was none. */
  reached: Place | undefined;
}

/**
 * Looks at the events of a range in steps of bounded size, in order, and hands the rows of each step to `take`,
 * which says whether it wants more. So no question takes longer than its budget, and what was looked at until then
 * is known exactly.
 */
export declare function walk<Row>(
  sql: Sql,
  walk: Walk,
  take: (rows: Row[]) => 'more' | 'enough',
): Promise<WalkEnd>;
