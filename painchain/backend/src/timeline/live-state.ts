import type { Sql } from '../database/sql.js';
import type { LiveCursor } from './live-cursor.js';

/** Where the tail stands in the snapshot of the transaction that asked. */
export interface LiveState {
  /** Everything below it is visible or will never be: the tail may be read up to here. */
  now: LiveCursor;
  /** No transaction beyond this one exists yet. */
  next: bigint;
  /** The tail was pruned up to this transaction. */
  horizon: bigint;
}

interface StateRecord {
  cluster: string;
  xmin: string;
  next: string;
  horizon: string;
}

// The same transaction number means another one after a restore, in another database, and after a failover that
// lost some: hence the timeline, too.
const cluster = `left(md5((select system_identifier from pg_control_system()) || '.' ||
  (select timeline_id from pg_control_checkpoint()) || '.' ||
  (select oid from pg_database where datname = current_database())), 12)`;

export async function readLiveState(sql: Sql): Promise<LiveState> {
  const { rows } = await sql.query<StateRecord>({
    name: 'live-state',
    text: `select ${cluster} as cluster, pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
             pg_snapshot_xmax(pg_current_snapshot())::text as next,
             coalesce((select xid from event_tail_horizon), '0')::text as horizon`,
  });
  const [row] = rows;
  if (!row) throw new Error('the live tail has no state');
  return {
    now: { cluster: row.cluster, xid: BigInt(row.xmin), seq: 0n },
    next: BigInt(row.next),
    horizon: BigInt(row.horizon),
  };
}
