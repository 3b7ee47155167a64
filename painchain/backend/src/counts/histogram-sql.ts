import type { FilterField } from '@painchain/contract';
import type { Statement } from '../database/sql.js';
import { binder } from '../query/bind.js';
import { edgeEvents, edgesMayBeRead, type IntervalPiece, pieceTable } from './kept-counts.js';
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

// Quarters of an hour are kept for these only.
const inSlots: readonly (FilterField | undefined)[] = [undefined, 'connector', 'status'];
const neverMissing: readonly (FilterField | undefined)[] = ['connector', 'project'];

export interface KeptHistogramQuestion {
  buckets: readonly Interval[];
  by: FilterField | undefined;
  now: Micros;
}

/** Counts all events of a tenant in the buckets, split by the values of a field. */
export function keptHistogram(tenantId: number, { buckets, by, now }: KeptHistogramQuestion): Statement {
  const units: Kept[] = inSlots.includes(by) ? ['days', 'slots'] : ['days'];
  const pieces = buckets.flatMap((bucket, interval): IntervalPiece[] =>
    piecesOf(bucket, { units, now }).map((piece) => ({ ...piece, interval })),
  );
  const values: unknown[] = [tenantId];
  const bind = binder(values);
  const sources = (['days', 'slots', 'events'] as const).filter((source) =>
    pieces.some((piece) => piece.source === source),
  );
  const parts = sources.map(
    (source) => `
    select interval, value, sign * count as count from ${pieceTable(pieces, source, bind)}
    cross join lateral (${countsIn(source, by)}) as counted`,
  );
  return {
    name: ['histogram', by, ...sources].filter(Boolean).join('-'),
    text: `
with edge as (${edgeEvents(pieces, units.at(-1) ?? 'days', bind)}),
counted as materialized (
  select interval, value, sum(count)::bigint as count from (${parts.join('\n    union all')}
  ) as part
  group by interval, value having sum(count) > 0
), series as (
  select value, sum(count) as count,
    row_number() over (order by sum(count) desc, value = '', value collate "C") as rank
  from counted group by value order by rank limit ${by === undefined ? 0 : seriesMax}
), ranked as (
  select interval, coalesce(rank, 0) as rank, sum(counted.count) as count
  from counted left join series on series.value = counted.value
  group by interval, coalesce(rank, 0)
)
select (select events from edge) as edge_events,
  (select coalesce(json_agg(json_build_array(value, count) order by rank), '[]') from series) as series,
  (select coalesce(json_agg(json_build_array(interval, rank, count)), '[]') from ranked) as counts`,
    values,
  };
}

/** The counts of one piece by value, from where it is read. Field names are ours, from a closed list. */
function countsIn(source: Piece['source'], by: FilterField | undefined): string {
  switch (source) {
    case 'days':
      return countsOfDays(by);
    case 'slots':
      return `
      select ${by ?? `''`} as value, sum(count) as count from event_slots
      where tenant_id = $1 and slot >= since and slot < until group by 1`;
    case 'events':
      return `
      select ${by ? `coalesce(e.${by}, '')` : `''`} as value, count(*) as count from events e
      where e.tenant_id = $1 and e.timestamp >= since and e.timestamp < until and ${edgesMayBeRead} group by 1`;
  }
}

// Events without a value have no row of the field: they are what all of the day's events are more.
function countsOfDays(by: FilterField | undefined): string {
  const days = (fields: string) =>
    `event_days where tenant_id = $1 and field ${fields} and day >= since and day < until`;
  if (by === undefined) return `select '' as value, sum(count) as count from ${days(`= 'all'`)}`;
  const counted = `select value, sum(count) as count from ${days(`= '${by}'`)} group by value`;
  if (neverMissing.includes(by)) return counted;
  return `${counted}
      union all
      select '', sum(case field when 'all' then count else -count end) from ${days(`in ('all', '${by}')`)}`;
}
