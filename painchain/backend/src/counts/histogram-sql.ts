import type { FilterField } from '@painchain/contract';
import type { Statement } from '../database/sql.js';
import { binder } from '../query/bind.js';
import { edgeEvents, edgesMayBeRead, type IntervalPiece, minutesOf, pieceTable } from './kept-counts.js';
import type { Micros } from './micros.js';
import { type Interval, type Kept, type Piece, piecesOf } from './pieces.js';

/** How many values a bucket is split by. */
export const seriesMax = 8;

export interface KeptHistogram {
  /** When too many, nothing was read of them, and the counts are worth nothing. */
  edge_events: string;
  /** The most frequent first. An empty value stands for none. */
  series: [value: string, count: number][];
  /** Series are numbered from 1; 0 are all other values. */
  counts: [bucket: number, series: number, count: number][];
}

// Slots are kept for these only.
const inSlots: readonly (FilterField | undefined)[] = [undefined, 'connector', 'status'];
const neverMissing: readonly (FilterField | undefined)[] = ['connector', 'project'];

export interface KeptHistogramQuestion {
  buckets: readonly Interval[];
  by: FilterField | undefined;
  now: Micros;
}

/**
 * Counts all events of a tenant in the buckets, split by the values of a field. `short` are the counts of what is
 * shorter than a day.
 */
export function keptHistogram(tenantId: number, { buckets, by, now }: KeptHistogramQuestion): Statement {
  const units: Kept[] = inSlots.includes(by) ? ['days', 'hours', 'quarters'] : ['days'];
  const pieces = buckets.flatMap((bucket, interval): IntervalPiece[] =>
    piecesOf(bucket, { units, now }).map((piece) => ({ ...piece, interval })),
  );
  const values: unknown[] = [tenantId];
  const bind = binder(values);
  const isUsed = (source: Piece['source']) => pieces.some((piece) => piece.source === source);
  const short = (['hours', 'quarters', 'events'] as const).filter(isUsed);
  const parts = short.map(
    (source) => `
    select interval, value, sign * count as count from ${pieceTable(pieces, source, bind)}
    cross join lateral (${source === 'events' ? countsOfEvents(by) : countsOfSlots(by, source)}) as counted`,
  );
  const days = isUsed('days') ? countsOfDays(pieceTable(pieces, 'days', bind), by) : noDays;
  return {
    name: ['histogram', by, isUsed('days') && 'days', ...short].filter(Boolean).join('-'),
    text: `
with edge as (${edgeEvents(pieces, units.at(-1) ?? 'days', bind)}),
short as materialized (
  select interval, value, sum(count)::bigint as count from (${parts.join('\n    union all') || nothing}
  ) as part
  group by interval, value
), series as (
  select value, sum(count) as count,
    row_number() over (order by sum(count) desc, value = '', value collate "C") as rank
  from (select value, count from short union all ${days.byValue}) as part
  group by value having sum(count) > 0 order by rank limit ${by === undefined ? 0 : seriesMax}
), of_days as (${days.ofSeries}
), ranked as (
  select interval, rank, sum(count) as count from (
    select interval, coalesce(rank, 0) as rank, short.count from short left join series on series.value = short.value
    union all select interval, 0, count from (${days.ofAll}) as whole
    union all select interval, rank, count from of_days
    union all select interval, 0, -count from of_days
  ) as part
  group by interval, rank
)
select (select events from edge) as edge_events,
  (select coalesce(json_agg(json_build_array(value, count) order by rank), '[]') from series) as series,
  (select coalesce(json_agg(json_build_array(interval, rank, count)), '[]') from ranked) as counts`,
    values,
  };
}

// Field names are ours, from a closed list.

function countsOfSlots(by: FilterField | undefined, length: keyof typeof minutesOf): string {
  return `
      select ${by ?? `''`} as value, sum(count) as count from event_slots
      where tenant_id = $1 and minutes = ${minutesOf[length]} and slot >= since and slot < until group by 1`;
}

function countsOfEvents(by: FilterField | undefined): string {
  return `
      select ${by ? `coalesce(e.${by}, '')` : `''`} as value, count(*) as count from events e
      where e.tenant_id = $1 and e.timestamp >= since and e.timestamp < until and ${edgesMayBeRead} group by 1`;
}

const nothing = `select 0 as interval, '' as value, 0::numeric as count where false`;

/** Days have a row for each value, so of most values only the sum is asked for, and buckets of the series alone. */
interface DaysCounts {
  byValue: string;
  /** By bucket and rank. */
  ofSeries: string;
  ofAll: string;
}

const noDays: DaysCounts = {
  byValue: `select value, count from (${nothing}) as no_day`,
  ofSeries: `select interval, 0::bigint as rank, count from (${nothing}) as no_day`,
  ofAll: nothing.replace(`'' as value, `, ''),
};

function countsOfDays(pieces: string, by: FilterField | undefined): DaysCounts {
  // Piece by piece along the index, which the planner would not think of (offset 0).
  const days = (condition: string) => `${pieces} cross join lateral (
    select field, value, count from event_days
    where tenant_id = $1 and field ${condition} and day >= since and day < until offset 0) as days`;
  const ofAll = `select interval, sum(sign * count) as count from ${days(`= 'all'`)} group by interval`;
  if (by === undefined) return { ...noDays, ofAll };
  const byValue = `select value, sum(sign * count) from ${days(`= '${by}'`)} group by value`;
  // The series are told as an array, by which the index is asked.
  const ofSeries = `
  select interval, rank, part.count from (
    select interval, value, sum(sign * count) as count
    from ${days(`= '${by}' and value = any(array(select value from series))`)} group by interval, value
  ) as part join series on series.value = part.value`;
  if (neverMissing.includes(by)) return { byValue, ofSeries, ofAll };
  // Events without a value have no row of the field: they are what all of the day's events are more.
  const more = `sum(sign * case field when 'all' then count else -count end)`;
  return {
    byValue: `${byValue}
    union all select '', ${more} from ${days(`in ('all', '${by}')`)}`,
    ofSeries: `${ofSeries}
  union all
  select interval, (select rank from series where value = ''), ${more} from ${days(`in ('all', '${by}')`)}
  where exists (select from series where value = '') group by interval`,
    ofAll,
  };
}
