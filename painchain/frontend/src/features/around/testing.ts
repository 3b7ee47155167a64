import type { TimelineRow } from '@painchain/contract';

/** A row with what a test cares about. */
export function rowAt(timestamp: string | number, part: Partial<TimelineRow> = {}): TimelineRow {
  const at = typeof timestamp === 'number' ? new Date(timestamp).toISOString() : timestamp;
  return {
    id: `evt_${at}${part.project ?? ''}`,
    title: 'Something changed',
    connector: 'ci',
    project: 'acme/api',
    timestamp: at,
    received_at: at,
    type: null,
    status: null,
    actor: null,
    url: null,
    environment: null,
    severity: null,
    subject: null,
    tags: [],
    refs: [],
    time_precision: 'exact',
    backfill: false,
    integration_id: null,
    ...part,
  };
}
