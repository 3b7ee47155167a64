import { limits } from '@painchain/contract';
import { isUnsafeNumber } from './unsafe-number.js';

/** Bytes that are refused as a whole; the message says why and where. */
export class UnreadableJsonError extends Error {
  override readonly name = 'UnreadableJsonError';
}

export interface NumberToken {
  start: number;
  end: number;
}

export interface Scan {
  /** Keys written in the text, duplicates included. */
  keys: number;
  /** Where numbers stand that a double can't hold. */
  unsafeNumbers: NumberToken[];
}

const byte = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  colon: 0x3a,
  minus: 0x2d,
  plus: 0x2b,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  lowerE: 0x65,
  upperE: 0x45,
  openArray: 0x5b,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

// So many digits always survive a double, wherever the decimal point stands; with an exponent, far from its ends.
const alwaysSafeDigits = 15;
const alwaysSafeExponent = 200;

// A body of nothing but such numbers would be work to mark one by one.
const unsafeNumbersMax = 10_000;

/**
 * Looks at the bytes once, before anything is built from them: refuses what is too deep or too wide, counts keys
 * and finds numbers. It does not judge the grammar; `JSON.parse` does.
 */
export function scan(bytes: Uint8Array): Scan {
  const found: Scan = { keys: 0, unsafeNumbers: [] };
  const items = new Int32Array(limits.jsonDepth + 1);
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const current = bytes[at] as number;
    if (current === byte.quote) at = endOfString(bytes, at);
    else if (current === byte.comma) countItem(items, depth, at);
    else if (current === byte.colon) found.keys++;
    else if (current === byte.openObject || current === byte.openArray) {
      if (++depth > limits.jsonDepth) {
        throw new UnreadableJsonError(`nested deeper than ${limits.jsonDepth} levels, at byte ${at}`);
      }
      items[depth] = 1;
    } else if (current === byte.closeObject || current === byte.closeArray) {
      if (depth > 0) depth--;
    } else if (current === byte.minus || (current >= byte.zero && current <= byte.nine)) {
      const end = endOfNumber(bytes, at);
      if (!isPlainlySafe(bytes, at, end) && isUnsafeNumber(latin1(bytes, at, end))) {
        found.unsafeNumbers.push({ start: at, end });
        if (found.unsafeNumbers.length > unsafeNumbersMax) {
          throw new UnreadableJsonError(`more than ${unsafeNumbersMax} numbers that can not be kept exactly`);
        }
      }
      at = end - 1;
    }
  }
  return found;
}

function countItem(items: Int32Array, depth: number, at: number): void {
  const count = (items[depth] as number) + 1;
  items[depth] = count;
  if (count > limits.jsonWidth) {
    throw new UnreadableJsonError(`more than ${limits.jsonWidth} items or keys side by side, at byte ${at}`);
  }
}

/** The index of the closing quote, or the length when there is none. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (; at < bytes.length; at++) {
    const current = bytes[at];
    if (current === byte.quote) return at;
    if (current === byte.backslash) at++;
  }
  return at;
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && isNumberByte(bytes[at] as number)) at++;
  return at;
}

function isNumberByte(value: number): boolean {
  return (
    (value >= byte.zero && value <= byte.nine) ||
    value === byte.dot ||
    value === byte.lowerE ||
    value === byte.upperE ||
    value === byte.minus ||
    value === byte.plus
  );
}

function isPlainlySafe(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > alwaysSafeDigits) return false;
  let exponent = -1;
  for (let at = start; at < end; at++) {
    const current = bytes[at] as number;
    if (current === byte.lowerE || current === byte.upperE) exponent = 0;
    else if (exponent >= 0 && current >= byte.zero) exponent = exponent * 10 + current - byte.zero;
  }
  return exponent <= alwaysSafeExponent;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
