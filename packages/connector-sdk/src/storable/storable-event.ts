import { HttpUrl, type NewEvent, Timestamp, limits } from '@painchain/contract';
import type { SourceEvent } from '../connector.js';
import { eventKey } from './event-key.js';
import { jsonBytes, storableJson } from './storable-json.js';
import { cutText, isBlank, storableText } from './storable-text.js';

/** What the SDK knows of every event of a delivery. */
export interface Delivered {
  /** The connector's type. */
  connector: string;
  /** RFC 3339; also stands in for a time that is none. */
  now: string;
  /** Labels of the source, which each of its events carries beside its own. */
  tags?: readonly string[] | undefined;
}

// For what a backend may write differently from JSON.stringify.
const slackBytes = 1024;

function text(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const cut = cutText(storableText(String(value)), max);
  return isBlank(cut) ? undefined : cut;
}

function textsOf(values: unknown, count: number, pick: (value: unknown) => string | undefined) {
  if (!Array.isArray(values)) return undefined;
  const picked = new Set(values.map(pick).filter((value) => value !== undefined));
  return picked.size === 0 ? undefined : [...picked].slice(0, count);
}

// A ref or a URL that has been cut would point at something else, so one that is too long is left out.
function whole(value: unknown, max: number): string | undefined {
  return typeof value === 'string' && value.length <= max ? text(value, max) : undefined;
}

function url(value: unknown): string | undefined {
  const given = whole(value, limits.url);
  return HttpUrl.safeParse(given).data;
}

function keyPart(part: unknown): string {
  return typeof part === 'string' || typeof part === 'number' ? String(part) : '';
}

function fieldsOf(event: SourceEvent, { tags = [] }: Delivered) {
  return {
    key: Array.isArray(event.key_parts) ? eventKey(event.key_parts.map(keyPart)) : undefined,
    type: text(event.type, limits.type),
    status: text(event.status, limits.status),
    actor: text(event.actor, limits.actor),
    url: url(event.url),
    environment: text(event.environment, limits.environment),
    severity: text(event.severity, limits.severity),
    subject: text(event.subject, limits.subject),
    refs: textsOf(event.refs, limits.refs, (ref) => whole(ref, limits.ref)),
    tags: textsOf([...(Array.isArray(event.tags) ? event.tags : []), ...tags], limits.tags, (tag) =>
      text(tag, limits.tag),
    ),
    backfill: typeof event.backfill === 'boolean' ? event.backfill : undefined,
  };
}

function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/**
 * A source's event as one that the contract accepts, whatever its content. Nothing is refused: texts are cut
 * with a marker, what can't be kept as it is becomes a text, and a time that is none is replaced by now, said
 * to be a gap and kept in the data as it was given.
 */
export function storableEvent(event: SourceEvent, delivered: Delivered): NewEvent {
  const timed = Timestamp.safeParse(event.timestamp).success;
  const precision = timed ? event.time_precision : 'gap';
  const core = {
    title: text(event.title, limits.title) ?? text(event.type, limits.type) ?? '(no title)',
    connector: delivered.connector,
    project: text(event.project, limits.project) ?? '(unknown)',
    timestamp: timed ? event.timestamp : delivered.now,
    sent_at: delivered.now,
  };
  const fields = defined({
    ...fieldsOf(event, delivered),
    time_precision: precision === 'gap' || precision === 'exact' ? precision : undefined,
  });
  const data = typeof event.data === 'object' && event.data !== null ? event.data : {};
  const given = timed ? data : { ...data, timestamp_as_given: event.timestamp };
  const left = limits.eventBytes - slackBytes - jsonBytes({ ...core, ...fields });
  return { ...core, ...fields, data: storableJson(given, left) };
}
