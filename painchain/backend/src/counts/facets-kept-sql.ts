import { FilterField } from '@painchain/contract';
import type { Statement } from '../database/sql.js';
import { type Bind, binder } from '../query/bind.js';
import { edgeEvents, edgesMayBeRead, pieceTable } from './kept-counts.js';
import { dateText, type Micros } from './micros.js';
import { type Interval, piecesOf, unitsTouched } from './pieces.js';
import { contains } from './value-filter.js';

export interface KeptFacets {
  /** When too many, nothing was read of them, and the counts are worth nothing. */
  edge_events: string;
  total: string | null;
  /** How often all values together occur. */
  sums: Record<string, number>;
  /** The most frequent first, with the number of all values of the field. */
  values: [field: string, value: string, count: number, values: number][];
}

const inIndex: readonly string[] = FilterField.options;

/** Fields of which counts are kept by day. */
export function isKept(field: string): boolean {
  return field === 'tag' || inIndex.includes(field);
}

export interface FacetsWanted {
  /** Names of fields of which counts are kept. */
  fields: readonly string[];
  range: Interval;
  now: Micros;
  contains: string | undefined;
  limit: number;
}

/** Counts the values that all events of a tenant have in a range. */
export function keptFacets(tenantId: number, { fields, range, now, ...wanted }: FacetsWanted): Statement {
  const values: unknown[] = [tenantId];
  const bind = binder(values);
  const pieces = piecesOf(range, { units: ['days'], now }).map((piece) => ({ ...piece, interval: 0 }));
  const parts = [
    `select field, value, sum(count) as count from ${pieceTable(pieces, 'days', bind)}
    join event_days on tenant_id = $1 and field = any(${bind(['all', 'tagged', ...fields], 'text[]')})
      and day >= since and day < until group by field, value`,
  ];
  const edges = pieces.filter(({ source }) => source === 'events');
  if (edges.length > 0) {
    const table = pieceTable(pieces, 'events', bind);
    parts.push(
      edgesByIndex(
        table,
        fields.filter((field) => inIndex.includes(field)),
      ),
    );
    if (fields.includes('tag')) parts.push(edgesByTag(table, edges, bind));
  }
  return {
    text: `
with edge as (${edgeEvents(pieces, 'days', bind)}),
counted as materialized (
  select field, value, sum(count)::bigint as count from (
    ${parts.join('\n    union all\n    ')}
  ) as part
  where value is not null group by field, value
), listed as (
  select *, count(*) over (partition by field) as values,
    row_number() over (partition by field order by count desc, value collate "C") as rank
  from counted where value <> '' and ${contains('value', wanted.contains, bind)}
)
select (select events from edge) as edge_events,
  (select count from counted where field = 'all') as total,
  (select coalesce(json_object_agg(field, count), '{}') from (
    select field, sum(count) as count from counted group by field) as sum) as sums,
  (select coalesce(json_agg(json_build_array(field, value, count, values) order by field, rank), '[]')
    from listed where rank <= ${bind(wanted.limit, 'integer')}) as values`,
    values,
  };
}

// All fields in one pass over the index.
function edgesByIndex(pieces: string, fields: readonly string[]): string {
  const all = 2 ** fields.length - 1;
  const setOf = (n: number) => all - 2 ** (fields.length - 1 - n);
  const per = (give: (field: string) => string) =>
    fields.map((field, n) => `when ${setOf(n)} then ${give(field)}`).join(' ');
  const names = fields.map((field) => `e.${field}`);
  const grouping = `case grouping(${names.join(', ')})`;
  const [field, value] =
    fields.length > 0
      ? [
          `${grouping} ${per((name) => `'${name}'`)} else 'all' end`,
          `${grouping} ${per((name) => `e.${name}`)} else '' end`,
        ]
      : [`'all'`, `''`];
  const sets = [...names.map((name) => `(${name})`), '()'].join(', ');
  return `select ${field}, ${value}, sum(sign) from ${pieces}
    join events e on e.tenant_id = $1 and e.timestamp >= since and e.timestamp < until
    where ${edgesMayBeRead} group by grouping sets (${sets})`;
}

// Tags are in no index, so whole events are read, unless none of the days has one.
function edgesByTag(pieces: string, edges: readonly Interval[], bind: Bind): string {
  const days = bind(unitsTouched(edges, 'days').map(dateText), 'date[]');
  // The order leads along the time, where events that are read together lie together.
  return `select tag.field, tag.value, sum(sign) from ${pieces}
    cross join lateral (
      select e.tags from events e where e.tenant_id = $1 and e.timestamp >= since and e.timestamp < until
      order by e.timestamp desc, e.seq desc
    ) as tagged
    cross join lateral (
      select 'tag' as field, unnest(tags) as value union all select 'tagged', '' where tags <> '{}'
    ) as tag
    where ${edgesMayBeRead}
      and exists (select from event_days where tenant_id = $1 and field = 'tagged' and day = any(${days}))
    group by tag.field, tag.value`;
}
