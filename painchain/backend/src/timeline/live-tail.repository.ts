import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import type { LiveCursor } from './live-cursor.js';
import { type LiveState, readLiveState } from './live-state.js';
import { type EventRecord, rowColumns } from './timeline-row.js';

export type Place = Pick<LiveCursor, 'xid' | 'seq'>;

export interface TailRecord extends EventRecord {
  xid: string;
}

export interface TailRead {
  state: LiveState;
  /** What comes after each place, at most `rowsMax` rows, in the order of the places. */
  reads: TailRecord[][];
  /** How long the oldest committed event is being held back, in seconds. */
  lagSeconds: number;
}

export const rowsMax = 500;

/** The tail of what was stored, in the order of (xid, seq). */
@Injectable()
export class LiveTailRepository {
  constructor(private readonly database: Database) {}

  /**
   * Reads from several places in one snapshot, so that all of them end at the same place. `placesOf` says from
   * where, once the state of the tail is known.
   */
  read(tenantId: number, placesOf: (state: LiveState) => Place[]): Promise<TailRead> {
    return this.database.inTenant(
      tenantId,
      async (sql) => {
        const state = await readLiveState(sql);
        const reads: TailRecord[][] = [];
        for (const place of placesOf(state)) reads.push(await readAfter(sql, tenantId, place, state));
        return { state, reads, lagSeconds: await readLag(sql, tenantId, state) };
      },
      { isolation: 'repeatable read', readOnly: true },
    );
  }
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
