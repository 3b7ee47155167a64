import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import { type EventRecord, rowColumns } from '../event-rows/timeline-row.js';
import { bounds } from './bounds.js';

/** An event, and how many seconds it lies away from the one that is asked about. */
export interface Near {
  seq: string;
  distance: number;
}

/** An event that names a key. Of a hub, only the nearest ones come. */
export interface Naming extends Near {
  ref: string;
  is_hub: boolean;
}

export interface NearActor {
  events: Near[];
  /** Whether there are more events within the time than were looked through. */
  isCut: boolean;
}

/** What can be asked for around an event, all in one snapshot. Nothing comes from outside of its tenant. */
export interface RelatedReader {
  event(seq: string): Promise<EventRecord | undefined>;
  events(seqs: readonly string[]): Promise<EventRecord[]>;
  namingAny(refs: readonly string[], around: EventRecord): Promise<Naming[]>;
  /** The nearest first, one more than are shown. */
  ofSubject(subject: string, around: EventRecord): Promise<Near[]>;
  /** The nearest first, one more than are shown. */
  byActor(actor: string, around: EventRecord): Promise<NearActor>;
}

// The whole answer is to come within two seconds; no further statement begins once half a second is over.
const timeoutMs = 1_200;

@Injectable()
export class RelatedRepository {
  constructor(private readonly database: Database) {}

  read<T>(tenantId: number, work: (reader: RelatedReader) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenantId, (sql) => work(readerOf(sql, tenantId)), {
      isolation: 'repeatable read',
      readOnly: true,
      timeoutMs,
    });
  }
}

const distance = (alias: string) =>
  `abs(extract(epoch from ${alias}.timestamp - $3::timestamptz))::float8 as distance`;

/** Both ways from the instant $3, each along the index from there on, so that what is nearest is read first. */
function bothWays(
  select: string,
  from: string,
  { within, limit }: { within: string; limit: number },
): string {
  const way = (compare: string, order: string) => `(${select} ${from} and ${compare}
    order by x.timestamp ${order}, x.seq ${order} limit ${limit})`;
  return `${way(`x.timestamp > $3::timestamptz and x.timestamp <= $3::timestamptz + ${within}`, 'asc')}
  union all
  ${way(`x.timestamp <= $3::timestamptz and x.timestamp >= $3::timestamptz - ${within}`, 'desc')}`;
}

const within = `interval '${bounds.days} days'`;

const namingAny = `
select wanted.ref, named.seq, named.distance, named.is_hub
from unnest($2::text[]) as wanted(ref)
cross join lateral (
  select near.seq, near.distance, count(*) over () > ${bounds.eventsOfRef} as is_hub,
    row_number() over (order by near.distance, near.seq desc) as place
  from (${bothWays(`select x.seq, ${distance('x')}`, 'from event_refs x where x.tenant_id = $1 and x.ref = wanted.ref', { within, limit: bounds.eventsOfRef + 1 })}) near
) named
where not named.is_hub or named.place <= ${bounds.eventsOfHub}`;

const ofSubject = `
select near.seq, near.distance
from (${bothWays(`select x.seq, ${distance('x')}`, 'from events x where x.tenant_id = $1 and x.subject = $2', { within, limit: bounds.eventsOfSubject + 2 })}) near
where near.seq <> $4::bigint
order by near.distance, near.seq desc limit ${bounds.eventsOfSubject + 1}`;

// No index leads to an actor: the events around are counted off along the one by time, which holds their actors.
const byActor = `
with near as materialized (${bothWays(`select x.seq, x.actor, x.timestamp > $3::timestamptz as is_later, ${distance('x')}`, 'from events x where x.tenant_id = $1', { within: `interval '${bounds.actorSeconds} seconds'`, limit: bounds.eventsNearby })})
select own.seq, own.distance, looked.is_cut
from (
  select count(*) filter (where is_later) = ${bounds.eventsNearby}
    or count(*) filter (where not is_later) = ${bounds.eventsNearby} as is_cut
  from near
) looked
left join lateral (
  select seq, distance from near where actor = $2 and seq <> $4::bigint
  order by distance, seq desc limit ${bounds.eventsOfActor + 1}
) own on true`;

function readerOf(sql: Sql, tenantId: number): RelatedReader {
  const events = async (seqs: readonly string[]) => {
    const text = `select ${rowColumns} from events e where e.tenant_id = $1 and e.seq = any($2::bigint[])`;
    return (await sql.query<EventRecord>({ name: 'related-events', text, values: [tenantId, seqs] })).rows;
  };
  return {
    events,
    event: async (seq) => (await events([seq]))[0],
    namingAny: async (refs, { timestamp }) => {
      const values = [tenantId, refs, timestamp];
      return (await sql.query<Naming>({ name: 'related-by-ref', text: namingAny, values })).rows;
    },
    ofSubject: async (subject, { timestamp, seq }) => {
      const values = [tenantId, subject, timestamp, seq];
      return (await sql.query<Near>({ name: 'related-by-subject', text: ofSubject, values })).rows;
    },
    byActor: async (actor, { timestamp, seq }) => {
      const values = [tenantId, actor, timestamp, seq];
      const { rows } = await sql.query<NearOrNone>({ name: 'related-by-actor', text: byActor, values });
      return {
        events: rows.filter((row) => row.seq !== null),
        isCut: rows.some(({ is_cut }) => is_cut),
      };
    },
  };
}

type NearOrNone = (Near | { seq: null; distance: null }) & { is_cut: boolean };
