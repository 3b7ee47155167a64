import { denser, type Year } from '../data/year.js';

/** Tables and functions that the load needs, in a schema of their own. $1 tenants. */
export const makeTenants = `
insert into tenants (slug, name) select 'tenant-' || number, 'Tenant ' || number from generate_series(2, $1) as number`;

// Casts to text are made once per template and not once per event.
export const makeTemplates = `
create schema bench;
create unlogged table bench.templates as
select row_number() over (order by e.seq)::integer - 1 as number, e.*, e.data->>'commit' as old_commit,
  e.data::text as data_text, e.refs::text as refs_text, w.words::text as words_text
from events e join event_words w using (tenant_id, seq)
where e.key like 'template/%';
alter table bench.templates add primary key (number);
analyze bench.templates`;

/**
 * `bench.plan(first, last)`: of each event's number its tenant, its template, its instant and its commit. One tenant
 * has half of all, the others share the rest. What comes later has a higher number, give or take ten minutes, as
 * when it is collected. Eight in a row are about one commit.
 */
export function makePlan(
  events: number,
  templates: number,
  small: number,
  tenants: number,
  year: Year,
): string {
  const dice = (seed: number, sides: number) => `abs(hashint8extended(number, ${seed}) % ${sides})::integer`;
  const [from, to] = [year.from, year.to].map((instant) => `'${instant.toISOString()}'::timestamptz`);
  return `
create function bench.plan(first bigint, last bigint)
  returns table (number bigint, tenant_id integer, template integer, "timestamp" timestamptz, new_commit text, prefix text)
language sql stable begin atomic
  with numbered as (
    select number, case when ${dice(1, 2)} = 0 then 1 else 2 + ${dice(2, tenants - 1)} end as tenant_id
    from generate_series(first, last) as number
  )
  select number, tenant_id,
    case when tenant_id = 1 then ${small} + ${dice(3, templates - small)} else ${dice(4, small)} end,
    ${from} + (${to} - ${from}) * power(number::float8 / ${events}, ${denser})
      - ${dice(5, 600_000_000)} * interval '1 microsecond',
    md5((number / 8)::text) || left(md5('more' || number / 8), 8),
    '''' || bench.base36(tenant_id) || '.'
  from numbered;
end`;
}

// How the words of a tenant begin.
export const makeBase36 = `
create function bench.base36(number integer) returns text language sql immutable
return ltrim(substr('0123456789abcdefghijklmnopqrstuvwxyz', number / 36 + 1, 1), '0')
  || substr('0123456789abcdefghijklmnopqrstuvwxyz', number % 36 + 1, 1)`;

const planned = 'from bench.plan($1, $2) p join bench.templates t on t.number = p.template';

/** What each event of a plan is, for `insert into … (eventColumns)`. */
export const eventColumns = `tenant_id, timestamp, received_at, title, connector, project, type, status, actor,
  url, environment, severity, subject, key, refs, tags, time_gap, backfill, data`;
export const selectEvents = `
select p.tenant_id, p.timestamp, p.timestamp + interval '3 seconds', t.title, t.connector, t.project, t.type, t.status,
  t.actor, replace(t.url, t.old_commit, p.new_commit), t.environment, t.severity, t.subject,
  replace(t.key, t.old_commit, p.new_commit) || '/' || p.number,
  replace(t.refs_text, t.old_commit, p.new_commit)::text[], t.tags, t.time_gap, t.backfill,
  replace(t.data_text, t.old_commit, p.new_commit)::jsonb`;

/** $1 first and $2 last number. */
export const insertChunk = [
  `insert into events (seq, ${eventColumns}) overriding system value
   ${selectEvents.replace('select', 'select p.number,')} ${planned}`,
  `insert into event_words (tenant_id, seq, timestamp, words)
   select p.tenant_id, p.number, p.timestamp,
     replace(replace(t.words_text, t.old_commit, p.new_commit), '''1.', p.prefix)::tsvector
   ${planned}`,
  `insert into event_refs (tenant_id, ref, timestamp, seq)
   select p.tenant_id, replace(ref, t.old_commit, p.new_commit), p.timestamp, p.number
   ${planned} cross join unnest(t.refs) as ref`,
];
export const fromPlan = planned;

const days = (field: string, value: string) => `
insert into event_days (tenant_id, field, day, value, count)
select tenant_id, '${field}', (timestamp at time zone 'UTC')::date, ${value}, count(*)
from events ${field === 'tag' ? 'cross join unnest(tags) as tag' : ''} where ${value} is not null
group by tenant_id, 3, ${value} order by 1, 2, 3, 4`;

/** Everything that is counted of the events, anew. */
export const emptyCounts = 'truncate event_days, event_slots, projects, event_tail';
export const fillCounts = [
  `with counted as (
     select tenant_id, (timestamp at time zone 'UTC')::date as day, count(*) as count from events group by 1, 2
   ) insert into event_days (tenant_id, field, day, value, count)
   select tenant_id, 'all', day, '', count from counted`,
  ...['connector', 'project', 'type', 'status', 'actor', 'environment', 'tag'].map((field) =>
    days(field, field),
  ),
  `insert into event_slots (tenant_id, minutes, slot, connector, status, count)
   select tenant_id, minutes, date_bin(minutes * interval '1 minute', timestamp, '2000-01-01Z'), connector,
     coalesce(status, ''), count(*)
   from events cross join (values (15), (60)) as lengths (minutes)
   group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
  `insert into projects (tenant_id, connector, name, event_count, last_event_at)
   select tenant_id, connector, project, count(*), max(timestamp) from events group by 1, 2, 3`,
  `insert into event_tail (tenant_id, seq) select tenant_id, seq from events order by seq desc limit 1000`,
];
