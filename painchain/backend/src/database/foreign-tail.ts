import type { Client } from 'pg';

/**
 * A dump that was restored into another cluster brings transaction numbers that are yet to come there: the live tail
 * would be held back until they have come, and each reader be told to begin anew. Whatever is visible in a snapshot was
 * written by a transaction before its end, so all others are foreign and go; nothing of the cluster's own ever does.
 *
 * @returns how many places of the tail were dropped
 */
export async function dropForeignTail(owner: Client): Promise<number> {
  await owner.query(
    `update event_tail_horizon set xid = '0' where xid >= pg_snapshot_xmax(pg_current_snapshot())`,
  );
  const { rowCount } = await owner.query(
    'delete from event_tail where xid >= pg_snapshot_xmax(pg_current_snapshot())',
  );
  return rowCount ?? 0;
}
