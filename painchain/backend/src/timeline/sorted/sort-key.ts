import type { Place } from '../../query/walk.js';
import { readValue, type WrittenValue } from '../columns/column-value.js';

const kinds = ['number', 'text', 'none'] as const;

/** What an event is sorted by. The text of a number is all of its digits. */
export interface SortKey {
  /** In the order in which they stand, whatever the direction. */
  kind: (typeof kinds)[number];
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

/** The order of a sorted page: numbers, texts and nothing either way, and of equal ones the newest first. */
export function sortOrder(isDescending: boolean): (one: Sortable, other: Sortable) => number {
  const sign = isDescending ? -1 : 1;
  return (one, other) => {
    const kind = kinds.indexOf(one.key.kind) - kinds.indexOf(other.key.kind);
    return kind || sign * compareOfKind(one.key, other.key) || compareAge(one, other);
  };
}

/** Of keys of one kind. */
function compareOfKind({ kind, text }: SortKey, other: SortKey): number {
  return kind === 'number' ? compareNumbers(text, other.text) : compareCodePoints(text, other.text);
}

function compareNumbers(one: string, other: string): number {
  if (one === other) return 0;
  const difference = Number(one) - Number(other);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return compareBigInts(wholeOf(one), wholeOf(other));
}

/** What stands before the point, where a double has no room for all of it. */
function wholeOf(number: string): bigint {
  return BigInt(/^-?\d+/.exec(number)?.[0] ?? 0);
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
