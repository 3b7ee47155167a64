import type { Statement } from '../database/sql.js';
import { rowColumns } from '../event-rows/timeline-row.js';
import { bounds } from './bounds.js';

/** Around what is asked. */
export interface Around {
  seq: string;
  timestamp: string;
}

/** Rows `x` within an interval of the instant $3, in both directions, each read from there on along its index. */
function bothWays(columns: string, rows: string, within: string, limit: number): string {
  const select = `select ${columns}, abs(extract(epoch from x.timestamp - $3::timestamptz))::float8 as distance
      from ${rows}`;
  return `(${select} and x.timestamp > $3::timestamptz and x.timestamp <= $3::timestamptz + interval '${within}'
      order by x.timestamp, x.seq limit ${limit})
    union all
    (${select} and x.timestamp <= $3::timestamptz and x.timestamp >= $3::timestamptz - interval '${within}'
      order by x.timestamp desc, x.seq desc limit ${limit})`;
}

const days = `${bounds.days} days`;

// The event itself may be among them, and one more tells that there are more.
const ofRef = bothWays(
  'x.seq',
  'event_refs x where x.tenant_id = $1 and x.ref = wanted.ref',
  days,
  bounds.eventsOfRef + 2,
);
const namingText = `
select wanted.ref, named.seq, named.distance, named.is_hub
from unnest($2::text[]) as wanted(ref)
cross join lateral (
  select near.seq, near.distance, count(*) over () > ${bounds.eventsOfRef} as is_hub,
    row_number() over (order by near.distance, near.seq desc) as place
  from (${ofRef}) near where near.seq <> $4::bigint
) named
where not named.is_hub or named.place <= ${bounds.eventsOfHub}`;

/** Other events that name any of the keys, each with the key; of a hub only the nearest. */
export function naming(tenantId: number, refs: readonly string[], { seq, timestamp }: Around): Statement {
  return { name: 'related-by-ref', text: namingText, values: [tenantId, refs, timestamp, seq] };
}

const ofSubject = bothWays(
  'x.seq',
  'events x where x.tenant_id = $1 and x.subject = $2',
  days,
  bounds.eventsOfSubject + 2,
);
const subjectText = `
select near.seq, near.distance from (${ofSubject}) near where near.seq <> $4::bigint
order by near.distance, near.seq desc limit ${bounds.eventsOfSubject + 1}`;

export function withSubject(tenantId: number, subject: string, { seq, timestamp }: Around): Statement {
  return { name: 'related-by-subject', text: subjectText, values: [tenantId, subject, timestamp, seq] };
}

// No index leads to an actor: events around are counted off along the one by time, which holds their actors.
const nearby = bothWays(
  'x.seq, x.actor, x.timestamp > $3::timestamptz as is_later',
  'events x where x.tenant_id = $1',
  `${bounds.actorSeconds} seconds`,
  bounds.eventsNearby,
);
const actorText = `
with near as materialized (${nearby})
select own.seq, own.distance, looked.is_cut
from (
  select ${bounds.eventsNearby} in (count(*) filter (where is_later), count(*) filter (where not is_later)) as is_cut
  from near
) looked
left join lateral (
  select near.seq, near.distance from near where near.actor = $2 and near.seq <> $4::bigint
  order by near.distance, near.seq desc limit ${bounds.eventsOfActor + 1}
) own on true`;

/** One row without an event where there is none. */
export function byActor(tenantId: number, actor: string, { seq, timestamp }: Around): Statement {
  return { name: 'related-by-actor', text: actorText, values: [tenantId, actor, timestamp, seq] };
}

const rowsText = `select ${rowColumns} from events e where e.tenant_id = $1 and e.seq = any($2::bigint[])`;

export function rows(tenantId: number, seqs: readonly string[]): Statement {
  return { name: 'related-rows', text: rowsText, values: [tenantId, seqs] };
}
