import { countedDays, countedSlots } from '../query/event-counts.js';

/**
 * $1 tenant. Waits for a batch of words that is being written for older events, and lets no other begin: a statement
 * of its own, since only a new snapshot sees those words and takes them along.
 */
export const awaitReindexing = 'select from text_reindexing where tenant_id = $1 for update';

/**
 * Takes what is gone off the counts of a table; one that comes to nothing goes. Their rows are locked first, sorted
 * as ingest does it, so that neither waits for the other for ever and both see each other's counts.
 */
const less = (table: string, key: string, counted: string) => `
  locked_${table} as (
    select ${key}, gone.count as less, known.count <= gone.count as is_last
    from ${table} as known join (${counted}) as gone using (${key})
    where tenant_id = $1 order by ${key} for update of known
  ), emptied_${table} as (
    delete from ${table} as known using locked_${table} as locked
    where tenant_id = $1 and (${of('known', key)}) = (${of('locked', key)}) and is_last
  ), lessened_${table} as (
    update ${table} as known set count = known.count - less from locked_${table} as locked
    where tenant_id = $1 and (${of('known', key)}) = (${of('locked', key)}) and not is_last
  )`;

const of = (table: string, key: string) => key.replaceAll(/\w+/g, `${table}.$&`);

/**
 * Deletes the events that `chosen` selects (seq) with all that follows from them. The tail needs no care: it is pruned by
 * age, and reads skip what is gone. The counted parts stand in the order of ingest, see there.
 */
const deletion = (chosen: string) => `
  with ${chosen}, gone_events as (
    delete from events using chosen where events.tenant_id = $1 and events.seq = chosen.seq
    returning events.seq, events.timestamp, events.connector, events.project, events.type, events.status,
      events.actor, events.environment, events.tags, events.refs
  ), ${less('event_slots', 'minutes, slot, connector, status', countedSlots('gone_events'))}, ${less('event_days', 'field, day, value', countedDays('gone_events'))}, locked_projects as (
    select connector, name, gone.count as less
    from projects join (
      select connector, project as name, count(*) as count from gone_events group by connector, project
    ) as gone using (connector, name)
    where tenant_id = $1 order by connector, name for update of projects
  ), lessened_projects as (
    update projects as known set event_count = greatest(0, event_count - less) from locked_projects as locked
    where tenant_id = $1 and (known.connector, known.name) = (locked.connector, locked.name)
  ), gone_words as (
    delete from event_words using gone_events as gone
    where event_words.tenant_id = $1 and event_words.seq = gone.seq
  ), gone_refs as (
    delete from event_refs using gone_events as gone, unnest(gone.refs) as gone_ref
    where event_refs.tenant_id = $1 and event_refs.ref = gone_ref
      and event_refs.timestamp = gone.timestamp and event_refs.seq = gone.seq
  )`;

/**
 * $1 tenant, $2 before, $3 how many: deletes old events. By the earlier of both instants, or an event dated to the year
 * 9999 would stay for ever. Arrival has no index of its own, but seq grows with it.
 */
export const deleteEvents = `
  ${deletion(`chosen as (
    (select seq from events where tenant_id = $1 and timestamp < $2 order by timestamp limit $3)
    union
    (select seq from (select seq, received_at from events where tenant_id = $1 order by seq limit $3) as first
     where received_at < $2)
  )`)}
  select count(*)::int as count from gone_events`;

/**
 * $1 tenant, $2 integration, $3 its type, $4 after which seq, $5 how many to look at: deletes those of the integration
 * that no other one covers. One covers the project of its sources and what lies within it, such as the namespaces of
 * a cluster. An integration has no index over events, so they are walked through.
 */
export const deleteEventsOfIntegration = `
  ${deletion(`looked_at as materialized (
    select seq, integration_id, project from events
    where tenant_id = $1 and seq > $4 order by seq limit $5
  ), named as (
    select project, string_to_array(project, '/') as parts from looked_at where integration_id = $2 group by project
  ), covered as (
    select distinct named.project from named
    cross join generate_series(1, cardinality(parts)) as depth
    join sources on sources.project = array_to_string(parts[:depth], '/')
    join integrations as other on other.tenant_id = sources.tenant_id and other.id = sources.integration_id
    where sources.tenant_id = $1 and other.type = $3 and other.id <> $2
  ), chosen as (
    select seq from looked_at left join covered using (project)
    where integration_id = $2 and covered.project is null
  )`)}
  select (select count(*)::int from gone_events) as count, (select max(seq) from looked_at) as "lastSeq",
    (select count(*) < $5 from looked_at) as "isLast",
    (select coalesce(jsonb_agg(distinct jsonb_build_object('connector', connector, 'name', project)), '[]')
     from gone_events) as projects`;

/**
 * $1 tenant, $2 connectors and names: projects that lost events, and not their oldest only. Locked since then, so that
 * this statement sees all that ingest counted. One that comes to nothing goes.
 */
export const mendProjects = `
  with touched as (
    select connector, name from jsonb_to_recordset($2::jsonb) as touched(connector text, name text)
  ), emptied as (
    delete from projects using touched
    where tenant_id = $1 and (projects.connector, projects.name) = (touched.connector, touched.name)
      and event_count = 0
  )
  update projects set last_event_at = (
    select timestamp from events
    where events.tenant_id = $1 and events.project = projects.name and events.connector = projects.connector
    order by timestamp desc, seq desc limit 1)
  from touched
  where tenant_id = $1 and (projects.connector, projects.name) = (touched.connector, touched.name)
    and event_count > 0`;
