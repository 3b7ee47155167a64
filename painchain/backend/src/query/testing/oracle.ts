import type { JsonValue } from '@painchain/contract';
import type { Field, Query, Test } from '@painchain/query';
import { decodeId } from '../../database/opaque-id.js';
import type { StoredSample } from './sample-events.js';

/** What a query means, said a second time without SQL. Knows text in lower-case ASCII only. */
export function matches(query: Query, event: StoredSample): boolean {
  switch (query.kind) {
    case 'all':
      return query.of.every((part) => matches(part, event));
    case 'any':
      return query.of.some((part) => matches(part, event));
    case 'not':
      return !matches(query.of, event);
    case 'text':
      return saysText(event, query.text, query.isPrefix);
    case 'field':
      return query.field.name === 'data'
        ? valuesAt(event.data, query.field.path).some((value) => holdsOfValue(query.test, value))
        : holdsOfField(query.field, query.test, event);
  }
}

const wordsIn = (text: string) => text.split(/[^a-z0-9]+/).filter(Boolean);

function saysText(event: StoredSample, text: string, isPrefix: boolean): boolean {
  const wanted = wordsIn(text);
  const isCommit = wanted.length === 1 && /^[0-9a-f]{7,39}$/.test(text) && /\d/.test(text);
  const isLike = (word: string | undefined, at: number) =>
    at === wanted.length - 1 && (isPrefix || isCommit)
      ? word?.startsWith(wanted[at] ?? '') === true
      : word === wanted[at];
  const own = [event.title, event.project, event.subject ?? '', event.actor ?? ''].map((each) =>
    each.toLowerCase(),
  );
  return [...own, ...stringsIn(event.data)].some((each) => {
    const words = wordsIn(each);
    return [...words, ''].some((_, start) => wanted.every((_each, at) => isLike(words[start + at], at)));
  });
}

function stringsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return /^https?:|^\d{4}-\d\d-\d\dT/.test(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function holdsOfField(field: Exclude<Field, { name: 'data' }>, test: Test, event: StoredSample): boolean {
  switch (field.name) {
    case 'connector':
    case 'status':
      return holdsOfText(inLowerCase(test), event[field.name]);
    case 'title':
    case 'url': {
      const test_ = inLowerCase(test.kind === 'is' ? { kind: 'like', parts: ['', test.value, ''] } : test);
      return holdsOfText(test_, event[field.name]?.toLowerCase() ?? null);
    }
    case 'tag':
    case 'ref': {
      const values = field.name === 'tag' ? event.tags : event.refs;
      const isCommit =
        field.name === 'ref' &&
        test.kind !== 'exists' &&
        test.kind !== 'compare' &&
        /^commit:[0-9a-f]*$/i.test(typed(test));
      return values.some((value) => holdsOfText(isCommit ? inLowerCase(test) : test, value));
    }
    case 'id':
      return test.kind === 'exists' || (test.kind === 'is' && decodeId('evt', test.value) === event.seq);
    case 'integration': {
      const number = event.integration_id;
      if (number === null) return false;
      return test.kind === 'exists' || (test.kind === 'is' && decodeId('int', test.value) === String(number));
    }
    case 'timestamp':
    case 'received_at':
      return holdsOfInstant(test, event[field.name]);
    case 'time_precision':
      return holdsOfText(test, event.time_gap ? 'gap' : 'exact');
    case 'backfill':
      return holdsOfText(test, String(event.backfill));
    default:
      return holdsOfText(test, event[field.name]);
  }
}

const typed = (test: Test & { kind: 'is' | 'like' }) =>
  test.kind === 'is' ? test.value : test.parts.join('');

function inLowerCase(test: Test): Test {
  if (test.kind === 'is') return { kind: 'is', value: test.value.toLowerCase() };
  return test.kind === 'like' ? { kind: 'like', parts: test.parts.map((part) => part.toLowerCase()) } : test;
}

function holdsOfText(test: Test, value: string | null): boolean {
  if (value === null || test.kind === 'compare') return false;
  if (test.kind === 'exists') return true;
  return test.kind === 'is' ? value === test.value : isLike(test.parts, value);
}

/** Each part as early as it can be, the first at the start and the last at the end. */
function isLike(parts: readonly string[], value: string): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop() ?? '';
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

function holdsOfInstant(test: Test, value: string): boolean {
  if (test.kind === 'exists') return true;
  if (test.kind === 'like') return isLike(test.parts, value);
  const operator = test.kind === 'is' ? '=' : test.operator;
  if (/^\d{4}-\d\d-\d\d$/.test(test.value)) return compares(value.slice(0, 10), operator, test.value);
  const instant = Date.parse(test.value);
  if (!/T.*(?:Z|[+-]\d\d:\d\d)$/.test(test.value) || Number.isNaN(instant)) return false;
  const micros = (text: string) =>
    BigInt(Date.parse(text)) * 1000n + BigInt(/\.\d{3}(\d{3})/.exec(text)?.[1] ?? 0);
  return compares(micros(value), operator, micros(test.value));
}

function compares<T extends string | number | bigint>(one: T, operator: string, other: T): boolean {
  if (operator === '=') return one === other;
  if (one === other) return operator.endsWith('=');
  return operator.startsWith('>') ? one > other : one < other;
}

const entered = (value: JsonValue): JsonValue[] => (Array.isArray(value) ? value : [value]);

function valuesAt(data: JsonValue, path: readonly string[]): JsonValue[] {
  const found = path.reduce<JsonValue[]>(
    (values, key) =>
      values
        .flatMap(entered)
        .flatMap((value) =>
          typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
            ? [value[key] ?? null]
            : [],
        ),
    [data],
  );
  return found.flatMap(entered).flatMap(entered);
}

function holdsOfValue(test: Test, value: JsonValue): boolean {
  if (test.kind === 'exists') return value !== null;
  if (value === null || typeof value === 'object') return false;
  if (test.kind === 'is')
    return value === test.value || (typeof value !== 'string' && isWritten(test.value, value));
  if (test.kind === 'like') return isLike(test.parts, String(value));
  if (isNumber(test.value))
    return typeof value === 'number' && compares(value, test.operator, Number(test.value));
  const isInstant = /^\d{4}-\d\d-\d\d/.test(test.value);
  return isInstant && typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
    ? compares(value, test.operator, test.value)
    : false;
}

const isNumber = (text: string) => /^-?\d+(?:\.\d+)?(?:e\d+)?$/.test(text);

function isWritten(text: string, value: number | boolean): boolean {
  return typeof value === 'number' ? isNumber(text) && Number(text) === value : text === String(value);
}
