import { UnsafeNumber } from './unsafe-number.js';

// The first is quick and true of emoji, too; the second knows pairs from halves.
const suspicious = /[\0\ud800-\udfff]/;
const unstorable = /[\0\p{Surrogate}]/u;

/** Why a decoded value can't be stored, and where. */
export interface StorageFault {
  code: 'unstorable_text' | 'unsafe_number';
  pointer: string;
  detail: string;
}

/**
 * The first text (value or key) or number that the store can't keep as it came: NUL, half a surrogate pair, a
 * number that a double can't hold. Expects a decoded value, so its depth is bounded.
 */
export function storageFault(value: unknown, pointer = ''): StorageFault | undefined {
  if (typeof value === 'string') {
    const detail = textFault(value);
    return detail === undefined ? undefined : { code: 'unstorable_text', pointer, detail };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof UnsafeNumber) {
    const detail = 'holds a number that can not be kept exactly; send it as a string';
    return { code: 'unsafe_number', pointer, detail };
  }
  return Array.isArray(value)
    ? faultInArray(value, pointer)
    : faultInObject(value as Record<string, unknown>, pointer);
}

function faultInArray(items: unknown[], pointer: string): StorageFault | undefined {
  for (let index = 0; index < items.length; index++) {
    if (isPlain(items[index])) continue;
    const fault = storageFault(items[index], `${pointer}/${index}`);
    if (fault) return fault;
  }
  return undefined;
}

function faultInObject(members: Record<string, unknown>, pointer: string): StorageFault | undefined {
  for (const key of Object.keys(members)) {
    const member = members[key];
    const detail = textFault(key);
    // The key itself can't be shown: the pointer names the object that holds it.
    if (detail !== undefined) return { code: 'unstorable_text', pointer, detail: `has a key that ${detail}` };
    if (isPlain(member)) continue;
    const fault = storageFault(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (fault) return fault;
  }
  return undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || value === null;
}

function textFault(text: string): string | undefined {
  if (!suspicious.test(text) || !unstorable.test(text)) return undefined;
  return text.includes('\0') ? 'holds a NUL character' : 'holds half of a surrogate pair';
}
