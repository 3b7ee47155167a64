import type { TimelineRow } from '@painchain/contract';

/** Polling takes a minute or two; whoever has looked at a window before this may not have seen the event in it. */
const noticedSeconds = 180;

type Times = Pick<
  TimelineRow,
  'timestamp' | 'received_at' | 'backfill' | 'time_precision' | 'integration_id'
>;

/**
 * How long after it happened an event came in, in seconds, where that is worth a word; else undefined. What was
 * collected from the past, has no instant of its own, or was posted by hand comes late by nature.
 */
export function lateArrival(row: Times): number | undefined {
  if (row.backfill || row.time_precision === 'gap' || row.integration_id === null) return undefined;
  const seconds = (Date.parse(row.received_at) - Date.parse(row.timestamp)) / 1_000;
  return seconds >= noticedSeconds ? seconds : undefined;
}
