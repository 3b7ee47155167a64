import { Injectable } from '@nestjs/common';
import type { Query } from '@painchain/query';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import type { Column } from './columns/column.js';
import { findFields, type WrittenFields } from './columns/fields-of-events.js';
import type { LiveCursor } from './live-cursor.js';
import { type LiveState, readLiveState } from './live-state.js';
import { findMatching } from './matching.js';
import { type EventRecord, rowColumns } from '../event-rows/timeline-row.js';

export type Place = Pick<LiveCursor, 'xid' | 'seq'>;

export interface TailRecord extends EventRecord {
  xid: string;
}

/** Which events somebody wants to see, and what of them. */
export interface Asked {
  query: Query;
  columns: readonly Column[];
}

/** From where somebody reads. */
export interface Wanted {
  place: Place;
  readers: readonly Asked[];
}

export interface TailRead {
  state: LiveState;
  /** What comes after each place, in the order of the places. */
  reads: PlaceRead[];
  /** How long the oldest committed event is being held back, in seconds. */
  lagSeconds: number;
}

export interface PlaceRead {
  /** All that comes after the place, at most `rowsMax`. */
  records: TailRecord[];
  /** For each reader; undefined where it took too long to tell. */
  seen: (Seen | undefined)[];
}

/** Which of the events a reader wants, and the values of its columns. */
export interface Seen {
  matches: ReadonlySet<string>;
  fields: WrittenFields;
}

export const rowsMax = 500;

/** The tail of what was stored, in the order of (xid, seq). */
@Injectable()
export class LiveTailRepository {
  constructor(private readonly database: Database) {}

  /**
   * Reads from several places in one snapshot, so that all of them end at the same place. `wantedOf` says from
   * where, once the state of the tail is known.
   */
  read(tenantId: number, wantedOf: (state: LiveState) => Wanted[]): Promise<TailRead> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const state = await readLiveState(sql);
        const reads: PlaceRead[] = [];
        for (const { place, readers } of wantedOf(state)) {
          const records = await readAfter(sql, tenantId, place, state);
          reads.push({ records, seen: await look(sql, tenantId, records, readers) });
        }
        return { state, reads, lagSeconds: await readLag(sql, tenantId, state) };
      },
      { isolation: 'repeatable read', readOnly: true },
    );
  }
}

async function look(
  sql: Sql,
  tenantId: number,
  records: readonly TailRecord[],
  readers: readonly Asked[],
): Promise<PlaceRead['seen']> {
  const seqs = records.map(({ seq }) => seq);
  const queries = readers.map(({ query }) => query);
  const seen: PlaceRead['seen'] = [];
  for (const [n, matches] of (await findMatching(sql, tenantId, seqs, queries)).entries()) {
    const fields = matches && (await findFields(sql, tenantId, [...matches], readers[n]?.columns ?? []));
    seen.push(fields && { matches, fields });
  }
  return seen;
}

// Transactions that may still be running are left for later: one of theirs could commit below what was read.
async function readAfter(sql: Sql, tenantId: number, place: Place, state: LiveState): Promise<TailRecord[]> {
  const { rows } = await sql.query<TailRecord>({
    name: 'live-tail-read',
    text: `select t.xid::text as xid, ${rowColumns}
           from event_tail t join events e on e.tenant_id = t.tenant_id and e.seq = t.seq
           where t.tenant_id = $1 and (t.xid, t.seq) > ($2::text::xid8, $3::bigint) and t.xid < $4::text::xid8
           order by t.xid, t.seq limit ${rowsMax}`,
    values: [tenantId, String(place.xid), String(place.seq), String(state.now.xid)],
  });
  return rows;
}

async function readLag(sql: Sql, tenantId: number, state: LiveState): Promise<number> {
  const { rows } = await sql.query<{ lag: number }>({
    name: 'live-tail-lag',
    text: `select extract(epoch from clock_timestamp() - stored_at)::float8 as lag from event_tail
           where tenant_id = $1 and xid >= $2::text::xid8 order by xid, seq limit 1`,
    values: [tenantId, String(state.now.xid)],
  });
  return rows[0]?.lag ?? 0;
}
