import { instantText } from '../database/instant.js';
import type { Statement } from '../database/sql.js';
import { type Bind, binder } from './bind.js';
import { type Leg, sourceOf } from './source.js';

export interface Step extends Omit<Leg, 'bind' | 'hasColumns'> {
  /** What each event gives, as SQL over the alias `e` of events, by the name it gets in `hits`. */
  columns: Record<string, string> | ((bind: Bind) => Record<string, string>);
  /** A select from `hits (timestamp, seq, …columns)`, the step's matching events. */
  select: (bind: Bind) => string;
}

/** What a step's statement says of the step in each of its rows, beside the caller's part. */
export interface StepRecord {
  /** How many of the events match. */
  walk_hits: number;
  /** The last place that was looked at; null when there were fewer than the step's size. */
  walk_timestamp: string | null;
  walk_seq: string | null;
  /** Null in the only row when the caller's part gives none. */
  walk_found: true | null;
}

/**
 * The statement of a step, or undefined when nothing can match. Events are counted off before any is judged: so a
 * step is never more than its size, however few match.
 */
export function stepStatement({ columns, select, ...leg }: Step): Statement | undefined {
  const values: unknown[] = [leg.tenantId];
  const bind = binder(values);
  const expressions = typeof columns === 'function' ? columns(bind) : columns;
  const names = Object.keys(expressions);
  const source = sourceOf({ ...leg, hasColumns: names.length > 0, bind });
  if (!source) return undefined;
  const isLast = `d.number = ${leg.size}`;
  const given = names.map((name) => `${expressions[name]} as ${name}`);
  const text = `with looked as materialized (
  select ${['d.timestamp', 'd.seq', ...given].join(', ')},
    ${isLast} as walk_is_last, case when ${isLast} then ${source.judge} else true end as walk_is_hit
  from ${source.from}
  where (${source.judge}) or ${isLast}
), hits as (
  select ${['timestamp', 'seq', ...names].join(', ')} from looked where walk_is_hit
)
select step.*, found.*
from (
  select count(*) filter (where walk_is_hit)::integer as walk_hits,
    max(${instantText('timestamp')}) filter (where walk_is_last) as walk_timestamp,
    max(seq) filter (where walk_is_last)::text as walk_seq
  from looked
) step
left join (select true as walk_found, found.* from (${select(bind)}) found) found on true`;
  return { text, values };
}
