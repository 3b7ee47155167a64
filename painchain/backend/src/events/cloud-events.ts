import { createHash } from 'node:crypto';
import { CloudEvent, limits, type NewEvent } from '@painchain/contract';
import { toFieldFaults } from '../problem/validation.js';
import { storageFault } from '../strict-json/storage-fault.js';
import { dataOf, plainContentType } from './cloud-events-data.js';
import { describe } from './common-names.js';
import { invalid, judge, refuse, type Refusal, type TimeBounds, type Verdict } from './judge.js';
import { storableText } from './rejected-text.js';

/**
 * Judges a CloudEvent in its JSON format as `judge` does an event of ours, which it becomes first. What is refused
 * is told in the CloudEvent's own names. Pure.
 */
export function judgeCloudEvent(item: unknown, tenantId: number, bounds: TimeBounds): Verdict {
  const fault = storageFault(item);
  if (fault) return refuse(fault.code, fault.detail, fault.pointer);
  const parsed = CloudEvent.safeParse(item);
  if (!parsed.success) return invalid(toFieldFaults(parsed.error.issues));
  const isTimeless = typeof parsed.data.time !== 'string';
  const verdict = judge(toNewEvent(parsed.data, bounds.now), tenantId, bounds, isTimeless);
  return 'refused' in verdict ? { refused: inItsNames(verdict.refused) } : verdict;
}

/** Whether a refused item, which was kept as it came, is to be judged as a CloudEvent: no event of ours has this. */
export function isCloudEvent(item: unknown): boolean {
  return typeof item === 'object' && item !== null && Object.hasOwn(item, 'specversion');
}

function toNewEvent(event: CloudEvent, receivedAt: Date): NewEvent {
  const { source, subject, time } = event;
  const attributes = attributesOf(event);
  const { id: _id, source: _source, type: _type, subject: _subject, ...extensions } = attributes;
  const data = dataOf(event, attributes);
  const thing = subject ?? describe(data).subject;
  return {
    ...describe(extensions),
    title: cut(subject ?? event.type, limits.title),
    connector: extensions['connector'] ?? 'cloudevents',
    project: extensions['project'] ?? cut(source, limits.project),
    timestamp: time ?? receivedAt.toISOString(),
    type: cut(event.type, limits.type),
    key: joined(source, event.id, limits.key),
    ...(thing !== undefined && { subject: joined(source, thing, limits.subject) }),
    data,
  };
}

/**
 * The attributes that are set, each as its canonical text, since in a header all of them are texts. Without the
 * version, which is always the same, and the time, which is the event's timestamp.
 */
function attributesOf(event: CloudEvent): Record<string, string> {
  const { specversion: _specversion, time: _time, data: _data, data_base64: _base64, ...others } = event;
  const { datacontenttype, ...attributes } = others;
  const contentType = typeof datacontenttype === 'string' ? plainContentType(datacontenttype) : undefined;
  return Object.fromEntries([
    ...Object.entries(attributes).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, String(value)]],
    ),
    ...(contentType === undefined ? [] : [['datacontenttype', contentType]]),
  ]) as Record<string, string>;
}

/**
 * A name of something inside its source. A source that is a URI reference holds no space, so the first one ends
 * it; any other source, and a name that is too long, is hashed, and a hash holds no space at all.
 */
function joined(source: string, name: string, max: number): string {
  const text = `${source} ${name}`;
  if (!source.includes(' ') && text.length <= max) return text;
  return `sha256:${createHash('sha256')
    .update(JSON.stringify([source, name]))
    .digest('hex')}`;
}

const hashDigits = 16;

/** What is too long is cut, and ends in a hash of the whole, so that two long ones are still told apart. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
  return `${storableText(text, max - hashDigits - 1)}…${hash}`;
}

function inItsNames({ code, detail, errors }: Refusal): Refusal {
  return {
    code,
    detail: detail.replace(/^\/timestamp\b/, '/time'),
    errors: errors.map((error) => (error.pointer === '/timestamp' ? { ...error, pointer: '/time' } : error)),
  };
}
