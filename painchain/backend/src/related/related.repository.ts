import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import type { EventRecord } from '../event-rows/timeline-row.js';
import { type Around, byActor, naming, rows, withSubject } from './related-sql.js';

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
  namingAny(refs: readonly string[], around: Around): Promise<Naming[]>;
  /** The nearest first, one more than are shown. */
  ofSubject(subject: string, around: Around): Promise<Near[]>;
  /** The nearest first, one more than are shown. */
  byActor(actor: string, around: Around): Promise<NearActor>;
}

// With half a second after which no statement begins, the whole answer takes less than two.
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

type NearOrNone = (Near | { seq: null; distance: null }) & { is_cut: boolean };

function readerOf(sql: Sql, tenantId: number): RelatedReader {
  const events = async (seqs: readonly string[]) => (await sql.query<EventRecord>(rows(tenantId, seqs))).rows;
  return {
    events,
    event: async (seq) => (await events([seq]))[0],
    namingAny: async (refs, around) => (await sql.query<Naming>(naming(tenantId, refs, around))).rows,
    ofSubject: async (subject, around) =>
      (await sql.query<Near>(withSubject(tenantId, subject, around))).rows,
    byActor: async (actor, around) => {
      const found = (await sql.query<NearOrNone>(byActor(tenantId, actor, around))).rows;
      return {
        events: found.filter((row) => row.seq !== null),
        isCut: found.some(({ is_cut }) => is_cut),
      };
    },
  };
}
