import type { StoredEvent, TimelineRow } from '@painchain/contract';

/** A row of which nothing is known but what every event has, and what a test cares about. */
export function plainRow(given: Partial<TimelineRow> & Pick<TimelineRow, 'id' | 'timestamp'>): TimelineRow {
  return {
    title: 'Something changed',
    connector: 'ci',
    project: 'acme/api',
    received_at: given.timestamp,
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

/** The same with all that is stored of an event. */
export function plainEvent(given: Partial<StoredEvent> & Pick<TimelineRow, 'id' | 'timestamp'>): StoredEvent {
  return { ...plainRow(given), key: given.id, data: {}, sent_at: null, ...given };
}
