import { instantText } from '../database/instant.js';
import type { Statement } from '../database/sql.js';
import { type Bind, binder } from './bind.js';
import { write } from './conditions.js';
import { type Leg, sourceOf } from './source.js';
import { hasWords } from './words.js';

export interface Step extends Omit<Leg, 'bind' | 'hasColumns'> {
  /** What each event gives, as SQL over the alias `e` of events, by the name it gets in `hits`. */
  columns: Record<string, string> | ((bind: Bind) => Record<string, string>);
  /** A select from `hits (timestamp, seq, …columns)`, the step's matching events. */
  select: (bind: Bind) => string;
  /** Whether to tell how many of the events have the words, whatever else is asked of them. */
  countsWords: boolean;
}

/** What a step's statement says of the step in each of its rows, beside the caller's part. */
export interface StepRecord {
  /** How many of the events match. */
  walk_hits: number;
  /** How many have the words; null where nobody asked. */
  walk_worded: number | null;
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
export function stepStatement({ columns, select, countsWords, ...leg }: Step): Statement | undefined {
  const values: unknown[] = [leg.tenantId];
  const bind = binder(values);
  const expressions = typeof columns === 'function' ? columns(bind) : columns;
  const names = Object.keys(expressions);
  const source = sourceOf({ ...leg, hasColumns: names.length > 0, bind });
  if (!source) return undefined;
  const worded = countsWords
    ? `(select count(*)::integer from ${source.events} where ${write(hasWords(leg.route.texts, leg.tenantId), bind)})`
    : 'null::integer';
  const given = names.map((name) => `${expressions[name]} as ${name}`);
  const hits = `hits as materialized (
  select ${['e.timestamp', 'e.seq', ...given].join(', ')} from ${source.events} where ${source.condition}
)`;
  const text = `with ${[...source.given, hits].join(', ')}
select step.*, found.*
from (
  select hit.walk_hits, ${worded} as walk_worded, ${instantText('last.timestamp')} as walk_timestamp,
    last.seq as walk_seq
  from (select count(*)::integer as walk_hits from hits) hit left join (${source.last}) last on true
) step
left join (select true as walk_found, found.* from (${select(bind)}) found) found on true`;
  return { text, values };
}
