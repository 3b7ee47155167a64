import type { Question, Read } from './read.js';
import type { Suite } from './suite.js';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

interface Range {
  from: Date;
  to: Date;
}

function range({ year }: Suite, days: number): Range {
  return { from: new Date(year.to.getTime() - days * day), to: year.to };
}

/** From one midnight (UTC) to another. */
function wholeDays({ year }: Suite, days: number): Range {
  const to = new Date(Math.floor(year.to.getTime() / day) * day);
  return { from: new Date(to.getTime() - days * day), to };
}

const parametersOf = ({ from, to }: Range, more: Record<string, string> = {}) =>
  new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), ...more });

// As text in UTC, so that their dates are UTC's, too.
const instants = ({ from, to }: Range) => [from.toISOString(), to.toISOString()];

const sumOf = (rows: Record<string, unknown>[]) => rows.reduce((sum, { count }) => sum + Number(count), 0);

/** A histogram, of which each row of `sql` is one bucket's count of one value. */
function histogram(range: Range, parameters: Record<string, string>, sql: string): Question {
  return {
    path: `/timeline/histogram?${parametersOf(range, parameters).toString()}`,
    sql,
    values: instants(range),
    sizeOf: ({ total }: { total: number }) => total,
    sizeOfRows: sumOf,
  };
}

/**
 * The most frequent values of every filter field and of the tags. Whole days are counted already, what is left of
 * the first and the last day is counted here. The field `all` is the number of events.
 */
const facetsSql = `
with days as (
  select field, value, count from event_days
  where tenant_id = 1 and field in ('all', 'connector', 'project', 'type', 'status', 'actor', 'environment', 'tag')
    and day >= ceil(extract(epoch from $1::timestamptz) / 86400)::integer + date '1970-01-01'
    and day < ($2::timestamptz at time zone 'UTC')::date
), rest as (
  select connector, project, type, status, actor, environment, tags from events
  where tenant_id = 1 and timestamp >= $1 and timestamp < $2
    and (timestamp < (ceil(extract(epoch from $1::timestamptz) / 86400)::integer + date '1970-01-01')::timestamp at time zone 'UTC'
      or timestamp >= ($2::timestamptz at time zone 'UTC')::date::timestamp at time zone 'UTC')
), counted as (
  select field, value, sum(count) as count from (
    select * from days
    union all
    select field, value, count(*) from rest cross join lateral (
      values ('all', ''), ('connector', connector), ('project', project), ('type', type), ('status', status),
        ('actor', actor), ('environment', environment)
      union all select 'tag', tag from unnest(tags) as tag
    ) as fields (field, value) where value is not null group by 1, 2
  ) as both_parts group by 1, 2
)
select field, value, count from (
  select *, row_number() over (partition by field order by count desc, value) as place from counted
) as ranked where place <= 10`;

function facets(range: Range): Question {
  return {
    path: `/timeline/facets?${parametersOf(range).toString()}`,
    sql: facetsSql,
    values: instants(range),
    sizeOf: ({ total }: { total: number }) => total,
    sizeOfRows: (rows) => sumOf(rows.filter(({ field }) => field === 'all')),
  };
}

export const counts: Read[] = [
  {
    name: 'histogram-24h',
    ask: (suite) =>
      histogram(
        range(suite, 1),
        { by: 'connector' },
        `select slot as bucket, connector, sum(count) as count from event_slots
         where tenant_id = 1 and minutes = 15 and slot >= $1 and slot < $2 group by 1, 2`,
      ),
  },
  {
    name: 'histogram-30d',
    p50AtMost: 20,
    ask: (suite) =>
      histogram(
        range(suite, 30),
        { by: 'connector' },
        `select date_bin('8 hours', slot, '2000-01-01Z') as bucket, connector, sum(count) as count from event_slots
         where tenant_id = 1 and minutes = 60 and slot >= $1 and slot < $2 group by 1, 2`,
      ),
  },
  {
    name: 'histogram-12m',
    ask: (suite) =>
      histogram(
        wholeDays(suite, 364),
        { by: 'connector' },
        `select date_trunc('week', day) as bucket, value, sum(count) as count from event_days
         where tenant_id = 1 and field = 'connector' and day >= $1::date and day < $2::date group by 1, 2`,
      ),
  },
  {
    name: 'histogram-30d-project',
    ask: (suite) =>
      histogram(
        wholeDays(suite, 30),
        { by: 'project', buckets: '30' },
        `select day as bucket, value, count from event_days
         where tenant_id = 1 and field = 'project' and day >= $1::date and day < $2::date`,
      ),
  },
  { name: 'facets-24h', ask: (suite) => facets(range(suite, 1)) },
  { name: 'facets-30d', p50AtMost: 30, ask: (suite) => facets(range(suite, 30)) },
];
