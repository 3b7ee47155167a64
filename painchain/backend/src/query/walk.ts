import type { Query } from '@painchain/query';
import type { QueryResultRow } from 'pg';
import type { Sql, Statement } from '../database/sql.js';
import { Pace } from './pace.js';
import { routeOf } from './route.js';
import type { Place } from './source.js';
import { type Step, stepStatement, type StepRecord } from './step.js';
import type { Bound } from './time-field.js';
import { withinTime } from './within-time.js';

export type { Place } from './source.js';

export interface Walk extends Pick<Step, 'tenantId' | 'order' | 'columns' | 'select'> {
  query: Query;
  /** `from` is included, `to` is not. */
  range: { from?: string | undefined; to?: string | undefined };
  /** Begins beyond this place. */
  after?: Place | undefined;
  /** How long all steps together may take, in milliseconds. The first one is always taken. */
  budgetMs: number;
  /** After about how many matching events `take` has enough; absent when it wants all of them. */
  wanted?: number;
}

/** Hears of the rows of each step. */
export type Take<Row> = (rows: Row[]) => 'more' | 'enough';

export interface WalkEnd {
  /** `range`: everything was looked at. `enough`: the caller wanted no more. `time`: the time was over. */
  end: 'range' | 'enough' | 'time';
  /** Up to where everything was looked at, unless that is the whole range. */
  reached: Place | undefined;
}

/**
 * Looks at the events of a range in steps of bounded size, in order, and hands the rows of each step to `take`,
 * which says whether it wants more. So no question takes longer than its budget, and what was looked at until then
 * is known exactly. Only for transactions that read. Rows hold some columns `walk_…` more than were asked for.
 */
export async function walk<Row extends QueryResultRow>(
  sql: Sql,
  { range, query, budgetMs, wanted, after, ...asked }: Walk,
  take: Take<Row>,
): Promise<WalkEnd> {
  const route = routeOf(query);
  route.bounds.push(...boundsOf(range));
  const [hasRef, hasWords] = [route.ref !== undefined, route.texts.length > 0];
  const pace = new Pace({ budgetMs, wanted, after, order: asked.order, hasRef, hasWords });
  for (;;) {
    const { way, size, reached, isFirst } = pace;
    if (pace.isOver) return { end: 'time', reached };
    const countsWords = isFirst && hasWords && route.others.length > 0;
    const statement = stepStatement({ ...asked, route, way, size, after: reached, countsWords });
    if (!statement) return { end: 'range', reached };
    const records = await read<Row & StepRecord>(sql, statement, pace.begin());
    const [step] = records ?? [];
    if (!records || !step) {
      if (pace.giveUp()) continue;
      return { end: 'time', reached };
    }
    const last = lastOf(step);
    if (last) pace.advance({ hits: step.walk_hits, worded: step.walk_worded ?? step.walk_hits, last });
    const isEnough = take(records.filter(({ walk_found }) => walk_found)) === 'enough';
    if (isEnough || !last) return { end: isEnough ? 'enough' : 'range', reached: pace.reached };
  }
}

function boundsOf({ from, to }: Walk['range']): Bound[] {
  const bounds: Bound[] = [];
  if (from !== undefined) bounds.push({ operator: '>=', instant: from });
  if (to !== undefined) bounds.push({ operator: '<', instant: to });
  return bounds;
}

async function read<Record extends QueryResultRow>(
  sql: Sql,
  statement: Statement,
  limitMs: number | undefined,
): Promise<Record[] | undefined> {
  const work = async () => (await sql.query<Record>(statement)).rows;
  return limitMs === undefined ? work() : withinTime(sql, limitMs, work);
}

function lastOf({ walk_timestamp: timestamp, walk_seq: seq }: StepRecord): Place | undefined {
  return timestamp === null || seq === null ? undefined : { timestamp, seq };
}
