import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { type NumberToken, scan, UnreadableJsonError } from './scan.js';
import { UnsafeNumber } from './unsafe-number.js';

/**
 * The one decoder of foreign JSON. UTF-8 without a byte order mark, bounded in depth and width, no key twice, no
 * key that reaches for a prototype. Numbers that a double can't hold stand in the value as `UnsafeNumber`.
 * Throws `UnreadableJsonError` and nothing else.
 */
export function decodeStrictJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new UnreadableJsonError('the body is empty');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new UnreadableJsonError('it begins with a byte order mark');
  }
  if (!isUtf8(bytes)) throw new UnreadableJsonError('it is not UTF-8');
  const { keys, unsafeNumbers } = scan(bytes);
  const value = parse(bytes.toString('utf8'));
  // JSON.parse keeps the last of equal keys, so what it kept is less than what was written.
  if (countKeys(value) !== keys) throw new UnreadableJsonError('an object has the same key twice');
  return unsafeNumbers.length === 0 ? value : withSentinels(bytes, unsafeNumbers);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Only the position is passed on: the engine's message quotes the text, which may hold a secret.
    const position = /position (\d+)/.exec(String(error))?.[1];
    throw new UnreadableJsonError(position ? `it is not JSON, at position ${position}` : 'it is not JSON');
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countKeys(item);
    return count;
  }
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(members)) {
    const member = members[key];
    count++;
    if (key === '__proto__' || (key === 'constructor' && hasPrototypeKey(member))) {
      throw new UnreadableJsonError(`the key ${key} is not taken`);
    }
    if (typeof member === 'object') count += countKeys(member);
  }
  return count;
}

function hasPrototypeKey(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}

/**
 * Decodes again with every unsafe number written as a marked string. Only called for text that is known to be
 * JSON: a marker where no value may stand would otherwise turn garbage into JSON.
 */
function withSentinels(bytes: Buffer, numbers: NumberToken[]): unknown {
  const mark = randomUUID();
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of numbers) {
    parts.push(bytes.toString('utf8', from, start), `"${mark}${bytes.toString('latin1', start, end)}"`);
    from = end;
  }
  parts.push(bytes.toString('utf8', from));
  return JSON.parse(parts.join(''), (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new UnsafeNumber(value.slice(mark.length)) : value,
  );
}
