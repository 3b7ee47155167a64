import type { JsonObject, StoredEvent, TimelineRow } from '@painchain/contract';
import { instantText } from '../database/instant.js';
import { encodeId } from '../database/opaque-id.js';

/** A row as the columns below give it. Instants are text: a JavaScript Date would lose their microseconds. */
export interface EventRecord {
  seq: string;
  integration_id: string | null;
  timestamp: string;
  received_at: string;
  title: string;
  connector: string;
  project: string;
  type: string | null;
  status: string | null;
  actor: string | null;
  url: string | null;
  environment: string | null;
  severity: string | null;
  subject: string | null;
  refs: string[];
  tags: string[];
  time_gap: boolean;
  backfill: boolean;
}

export interface FullEventRecord extends EventRecord {
  key: string;
  sent_at: string | null;
  data: JsonObject;
}

const instant = (column: string) => `${instantText(`e.${column}`)} as ${column}`;

/** The columns of the table `e` that a row of the timeline needs, and those of an event beside its data. */
export const rowColumns = `e.seq, e.integration_id, ${instant('timestamp')}, ${instant('received_at')}, e.title,
  e.connector, e.project, e.type, e.status, e.actor, e.url, e.environment, e.severity, e.subject, e.refs, e.tags,
  e.time_gap, e.backfill`;
export const eventColumns = `${rowColumns}, e.key, ${instant('sent_at')}`;

export function toTimelineRow(record: EventRecord): TimelineRow {
  return {
    id: encodeId('evt', record.seq),
    timestamp: record.timestamp,
    received_at: record.received_at,
    title: record.title,
    connector: record.connector,
    project: record.project,
    type: record.type,
    status: record.status,
    actor: record.actor,
    url: record.url,
    environment: record.environment,
    severity: record.severity,
    subject: record.subject,
    refs: record.refs,
    tags: record.tags,
    time_precision: record.time_gap ? 'gap' : 'exact',
    backfill: record.backfill,
    integration_id: record.integration_id && encodeId('int', record.integration_id),
  };
}

export function toStoredEvent(record: FullEventRecord): StoredEvent {
  return { ...toTimelineRow(record), key: record.key, sent_at: record.sent_at, data: record.data };
}
