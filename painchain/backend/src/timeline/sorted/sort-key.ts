import type { Place } from '../../query/walk.js';
import { readValue, type WrittenValue } from '../columns/column-value.js';

/** What an event is sorted by. Numbers stand before texts; the text of a number is all of its digits. */
export interface SortKey {
  kind: 'number' | 'text' | 'none';
  text: string;
}

/** An event among those that are sorted. */
export interface Sortable extends Place {
  key: SortKey;
}

/** Characters of a text that decide. A cursor holds them. */
export const keyCharacters = 200;

// More digits than a cursor has room for are told as a double has them.
const digitsMax = 100;

export function keyOf(written: WrittenValue): SortKey {
  if (written === null) return { kind: 'none', text: '' };
  if (written.startsWith('n')) {
    const digits = written.slice(1);
    return { kind: 'number', text: digits.length > digitsMax ? String(Number(digits)) : digits };
  }
  const characters = [...String(readValue(written))].slice(0, keyCharacters);
  return { kind: 'text', text: characters.join('').toLowerCase() };
}

/** The order of a sorted page: those without a value come last either way, and of equal ones the newest first. */
export function sortOrder(isDescending: boolean): (one: Sortable, other: Sortable) => number {
  const sign = isDescending ? -1 : 1;
  return (one, other) => {
    const isWithout = Number(one.key.kind === 'none') - Number(other.key.kind === 'none');
    return isWithout || sign * compareKeys(one.key, other.key) || compareAge(one, other);
  };
}

function compareKeys(one: SortKey, other: SortKey): number {
  if (one.kind !== other.kind) return one.kind === 'number' ? -1 : 1;
  return one.kind === 'number'
    ? compareNumbers(one.text, other.text)
    : compareCodePoints(one.text, other.text);
}

const whole = /^-?\d+$/;

function compareNumbers(one: string, other: string): number {
  if (one === other) return 0;
  const difference = Number(one) - Number(other);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return whole.test(one) && whole.test(other) ? compareBigInts(BigInt(one), BigInt(other)) : 0;
}

function compareBigInts(one: bigint, other: bigint): number {
  return one > other ? 1 : one < other ? -1 : 0;
}

/** JavaScript compares halves of surrogate pairs, and these stand below some of the single characters. */
function compareCodePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let n = 0;
  while (n < length && one.charCodeAt(n) === other.charCodeAt(n)) n++;
  if (n === length) return one.length - other.length;
  return rank(one.charCodeAt(n)) - rank(other.charCodeAt(n));
}

function rank(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit < 0xe000;
  return isSurrogate ? unit + 0x10000 : unit;
}

function compareAge(one: Place, other: Place): number {
  if (one.timestamp !== other.timestamp) return one.timestamp < other.timestamp ? 1 : -1;
  return compareBigInts(BigInt(other.seq), BigInt(one.seq));
}
