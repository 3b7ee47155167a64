-- What makes any question about events quick to answer: an index that every filter field can be counted from,
-- the words of each event, and counts that are kept as events come and go.

drop index events_by_time;
create index events_by_time on events (tenant_id, timestamp desc, seq desc)
  include (connector, project, type, status, actor, environment);

-- An index answers alone only for pages that a vacuum has seen. By default it waits for a fifth of the table to be
-- new: the newest months, which are asked for most.
alter table events set (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

-- Words --------------------------------------------------------------------------------------------------------
-- Each word begins with its tenant's number, so that a tenant's lists in the index hold its own events only.
-- A table of its own: it keeps events narrow, and all of it can be made again from them.

create table event_words (
  tenant_id integer not null,
  seq bigint not null,
  timestamp timestamptz not null,
  words tsvector not null,
  primary key (tenant_id, seq)
);
create index event_words_by_word on event_words using gin (words);

-- Tenants whose events below `before_seq` still have to be made searchable. Gone when that is done.
create table text_reindexing (
  tenant_id integer primary key references tenants,
  before_seq bigint not null
);
insert into text_reindexing (tenant_id, before_seq) select tenant_id, max(seq) + 1 from events group by tenant_id;

-- Operators of text search are not leakproof: under a policy they can't use their index. So the owner searches,
-- for the tenant of the transaction and nobody else, and gives nothing but places on the timeline. Words lead to one
-- tenant already. "is true" hides the tenant from the planner: a plan that was made for a small one, which reads all
-- that it has, would be kept for a big one.
create function find_words(wanted tsquery, since timestamptz, until timestamptz, newest_first boolean, at_most integer)
  returns table (event_timestamp timestamptz, event_seq bigint)
  language sql stable security definer
begin atomic
  select w.timestamp, w.seq from event_words w
  where w.words @@ wanted and (w.tenant_id = current_tenant()) is true
    and w.timestamp >= since and w.timestamp <= until
  order by case when newest_first then w.timestamp end desc, case when newest_first then w.seq end desc,
    w.timestamp, w.seq
  limit at_most;
end;
revoke execute on function find_words from public;

-- Counts -------------------------------------------------------------------------------------------------------

-- How many events of a day (UTC) have a value in a field. With an empty value, `all` counts each event and `tagged`
-- those that have tags.
create table event_days (
  tenant_id integer not null,
  field text not null,
  day date not null,
  value text not null,
  count bigint not null,
  primary key (tenant_id, field, day, value)
) with (fillfactor = 70);

-- How many events of an hour, and of a quarter of one, have a connector and a status, which is empty where there is
-- none. Only these two fields: with more there would be a row per event.
create table event_slots (
  tenant_id integer not null,
  minutes smallint not null check (minutes in (15, 60)),
  slot timestamptz not null,
  connector text not null,
  status text not null,
  count bigint not null,
  primary key (tenant_id, minutes, slot, connector, status)
) with (fillfactor = 70);

insert into event_days (tenant_id, field, day, value, count)
select tenant_id, field, (timestamp at time zone 'UTC')::date, value, count(*)
from events cross join lateral (
  values ('all', ''), ('connector', connector), ('project', project), ('type', type), ('status', status),
    ('actor', actor), ('environment', environment)
  union all select 'tag', tag from unnest(tags) as tag
  union all select 'tagged', '' where tags <> '{}'
) as fields (field, value)
where value is not null group by 1, 2, 3, 4;

insert into event_slots (tenant_id, minutes, slot, connector, status, count)
select tenant_id, minutes, date_bin(minutes * interval '1 minute', timestamp, '0001-01-01Z'), connector,
  coalesce(status, ''), count(*)
from events cross join (values (15), (60)) as lengths (minutes) group by 1, 2, 3, 4, 5;

-- Row security ---------------------------------------------------------------------------------------------

do $$
declare name text;
begin
  foreach name in array array['event_words', 'text_reindexing', 'event_days', 'event_slots'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = (select current_tenant()))
       with check (tenant_id = (select current_tenant()))', name);
  end loop;
  -- event_words is not forced, see find_words.
  foreach name in array array['text_reindexing', 'event_days', 'event_slots'] loop
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
