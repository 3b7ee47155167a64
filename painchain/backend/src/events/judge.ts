import { limits, NewEvent, type RejectionCode } from '@painchain/contract';
import type { FieldFault } from '../problem/problem-error.js';
import { toFieldFaults } from '../problem/validation.js';
import { wordsOf } from '../query/event-words.js';
import { storageFault } from '../strict-json/storage-fault.js';
import { hashedKey } from './event-key.js';
import { normalise } from './normalise.js';
import { storableText } from './rejected-text.js';

/** An event that may be stored. */
export interface Accepted {
  connector: string;
  key: string;
  /** As a JSON object with the names and types that the ingest statement reads. */
  json: string;
  /** Equal for equal content, whatever the order of keys: what two events of one key are compared by. */
  content: () => string;
}

/** Why an event may not be stored: for good, sending it again changes nothing. */
export interface Refusal {
  code: RejectionCode;
  detail: string;
  errors: FieldFault[];
}

export type Verdict = { accepted: Accepted } | { refused: Refusal };

/** Between which instants events are taken. */
export interface TimeBounds {
  now: Date;
  /** Undefined when everything is kept. */
  oldest: Date | undefined;
  newest: Date;
}

export type Judge = (item: unknown, tenantId: number, bounds: TimeBounds) => Verdict;

/**
 * Judges one decoded event on its own and makes it ready for the tenant's store. A timeless one has its timestamp
 * from us: sent again it has another, and is the same event. Pure.
 */
export function judge(item: unknown, tenantId: number, bounds: TimeBounds, isTimeless = false): Verdict {
  const fault = storageFault(item);
  if (fault) return refuse(fault.code, fault.detail, fault.pointer);
  const parsed = NewEvent.safeParse(item);
  if (!parsed.success) return invalid(toFieldFaults(parsed.error.issues));
  const event = parsed.data;
  const dataJson = JSON.stringify(event.data);
  const bytes =
    Buffer.byteLength(dataJson) +
    Buffer.byteLength(JSON.stringify(Object.assign({}, event, { data: 0 }))) -
    1;
  if (bytes > limits.eventBytes) {
    return refuse('too_large', `is ${bytes} bytes of JSON, more than ${limits.eventBytes}`, '');
  }
  return outOfBounds(event.timestamp, bounds) ?? { accepted: accept(event, tenantId, dataJson, isTimeless) };
}

function accept(event: NewEvent, tenantId: number, dataJson: string, isTimeless: boolean): Accepted {
  const key = event.key ?? hashedKey(event);
  const normal = normalise(event);
  const { type, status } = normal;
  const time_gap = normal.time_precision === 'gap';
  const words = wordsOf(normal, tenantId);
  // The data is JSON already and by far the largest part.
  const row = JSON.stringify(
    Object.assign(normal, {
      key,
      time_gap,
      words,
      time_precision: undefined,
      data: undefined,
      ...(isTimeless && { timeless: true }),
    }),
  );
  return {
    connector: event.connector,
    key,
    json: `${row.slice(0, -1)},"data":${dataJson}}`,
    content: () => JSON.stringify([hashedKey(event), type, status]),
  };
}

function outOfBounds(timestamp: string, { oldest, newest }: TimeBounds): Verdict | undefined {
  const at = Date.parse(timestamp.toUpperCase());
  if (at > newest.getTime()) {
    return refuse('in_future', `lies in the future: later than ${newest.toISOString()}`, '/timestamp');
  }
  if (oldest && at < oldest.getTime()) {
    const detail = `is older than what is kept (since ${oldest.toISOString()}); PAINCHAIN_RETENTION=off keeps everything`;
    return refuse('too_old', detail, '/timestamp');
  }
  return undefined;
}

export function invalid(errors: FieldFault[]): Verdict {
  const named = errors.map(({ pointer, detail }) => `${pointer || 'the event'}: ${detail}`).join('; ');
  return { refused: { code: 'invalid', detail: storableText(named, 1_000), errors } };
}

export function refuse(code: RejectionCode, detail: string, pointer: string): Verdict {
  const where = pointer || 'the event';
  return { refused: { code, detail: `${where} ${detail}`, errors: [{ pointer, detail }] } };
}
