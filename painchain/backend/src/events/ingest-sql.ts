import { instantText } from '../database/instant.js';
import { countedDays, countedSlots } from '../query/event-counts.js';

// Every statement takes its rows as one jsonb text: faster than arrays and a third of their work in Node.

const given = `jsonb_to_recordset($2::jsonb) as given(
  key text, connector text, project text, "timestamp" timestamptz, sent_at timestamptz, title text, type text,
  status text, actor text, url text, environment text, severity text, subject text, refs text[], tags text[],
  time_gap boolean, timeless boolean, backfill boolean, data jsonb, words text)`;

const storedAt = `${instantText('received_at')} as stored_at`;

/**
 * $1 tenant, $2 rows, $3 integration. Everything beside the events follows from what was really inserted. Events are
 * numbered as they were given, so that those of one instant stay in the order in which they happened. All lock in one
 * order, keys first and then hours, projects, days and slots, so that batches which bring the same in another
 * order wait for each other instead of for ever. PostgreSQL writes the parts from the last to the first: those that
 * batches compete for stand first, and are locked for as short as can be.
 */
export const storeEvents = {
  name: 'events-store',
  text: `
with given as materialized (
  select nextval('events_seq_seq') as seq, * from ${given}
), stored as (
  insert into events (seq, tenant_id, integration_id, key, connector, project, timestamp, sent_at, title, type, status,
    actor, url, environment, severity, subject, refs, tags, time_gap, backfill, data)
  overriding system value
  select seq, $1::integer, $3::bigint, key, connector, project, "timestamp", sent_at, title, type, status,
    actor, url, environment, severity, subject, refs, tags, time_gap, coalesce(backfill, false), data
  from given
  order by connector, key
  on conflict (tenant_id, connector, key) do nothing
  returning seq, connector, key, project, timestamp, type, status, actor, environment, tags, refs, received_at
), in_slots as (
  insert into event_slots as known (tenant_id, minutes, slot, connector, status, count)
  select $1::integer, counted.* from (${countedSlots('stored')}) as counted
  on conflict (tenant_id, minutes, slot, connector, status) do update set count = known.count + excluded.count
), in_days as (
  insert into event_days as known (tenant_id, field, day, value, count)
  select $1::integer, counted.* from (${countedDays('stored')}) as counted
  on conflict (tenant_id, field, day, value) do update set count = known.count + excluded.count
), in_projects as (
  insert into projects as known (tenant_id, connector, name, event_count, last_event_at)
  select $1::integer, connector, project, count(*), max(timestamp) from stored
  group by connector, project order by connector, project
  on conflict (tenant_id, connector, name) do update
  set event_count = known.event_count + excluded.event_count,
      last_event_at = greatest(known.last_event_at, excluded.last_event_at)
), in_hours as (
  insert into integration_hours as known (tenant_id, integration_id, hour, count)
  select $1::integer, $3::bigint, date_bin('1 hour', now(), '0001-01-01Z'), count(*) from stored
  having $3::bigint is not null and count(*) > 0
  on conflict (tenant_id, integration_id, hour) do update set count = known.count + excluded.count
), searchable as (
  insert into event_words (tenant_id, seq, timestamp, words)
  select $1::integer, stored.seq, stored.timestamp, given.words::tsvector
  from stored join given using (seq)
), correlated as (
  insert into event_refs (tenant_id, ref, timestamp, seq)
  select $1::integer, ref, timestamp, seq from stored, unnest(refs) as ref
), tailed as (
  insert into event_tail (tenant_id, seq) select $1::integer, seq from stored
)
select seq, connector, key, ${storedAt} from stored`,
};

/**
 * $1 tenant, $2 rows: the events whose keys are known. A statement of its own, since only a new snapshot sees what
 * another writer committed while the one above waited for it.
 */
export const findKnown = {
  name: 'events-find-known',
  text: `
select known.seq, known.connector, known.key, ${storedAt},
  (known.title, known.project, known.data) = (given.title, given.project, given.data)
  and (known.timestamp = given."timestamp" or coalesce(given.timeless, false))
  and known.type is not distinct from given.type and known.status is not distinct from given.status as same
from ${given}
cross join lateral (
  select * from events where tenant_id = $1 and connector = given.connector and key = given.key limit 1
) as known`,
};

/** $1 tenant, $2 rows, $3 integration. Sorted by what makes an item known, for the same reason. */
export const keepRejected = {
  name: 'events-keep-rejected',
  text: `
insert into rejected_events (tenant_id, integration_id, code, detail, event)
select $1::integer, $3::bigint, code, detail, event
from jsonb_to_recordset($2::jsonb) as refused(code text, detail text, event text)
order by md5(event)
on conflict do nothing`,
};
