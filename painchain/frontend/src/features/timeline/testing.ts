import type { TimelineRow } from '@painchain/contract';

/** A row for tests: `second` is when it happened, within one minute. */
export function rowAt(id: string, second: number, given: Partial<TimelineRow> = {}): TimelineRow {
  const timestamp = `2026-11-24T10:35:${String(second).padStart(2, '0')}.000000Z`;
  return {
    id,
    title: `Event ${id}`,
    connector: 'test',
    project: 'acme/api',
    timestamp,
    received_at: timestamp,
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
    ...given,
  };
}
