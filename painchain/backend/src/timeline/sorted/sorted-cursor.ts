import { invalidCursor, isPlace, pack, unpack } from '../cursor.js';
import { type FieldSort, markOf } from './sort.js';
import type { Sortable, SortKey } from './sort-key.js';

/** A place between the rows of a sorted page, which need not be that of a row, and which way a page goes from it. */
export interface SortedCursor extends Sortable {
  way: 'next' | 'previous';
}

const number = /^-?(?:\d+(?:\.\d+)?(?:e[+-]\d+)?|Infinity)$/;

export function encodeSortedCursor({ way, timestamp, seq, key }: SortedCursor, sort: FieldSort): string {
  return pack([way, timestamp, seq, markOf(sort), key.kind, key.text]);
}

/** Throws `invalid-cursor` for anything that `encodeSortedCursor` has not made for this sort. */
export function decodeSortedCursor(text: string, sort: FieldSort): SortedCursor {
  const [way, timestamp, seq, , kind, value] = unpack(text);
  const key = readKey(kind, value);
  if ((way !== 'next' && way !== 'previous') || !key || !isPlace(timestamp, seq)) throw invalidCursor();
  const cursor = { way, timestamp: String(timestamp), seq: String(seq), key } as const;
  if (encodeSortedCursor(cursor, sort) !== text) throw invalidCursor();
  return cursor;
}

function readKey(kind: unknown, text: unknown): SortKey | undefined {
  if (typeof text !== 'string') return undefined;
  if (kind === 'text') return { kind, text };
  if (kind === 'none') return text === '' ? { kind, text } : undefined;
  return kind === 'number' && number.test(text) ? { kind, text } : undefined;
}
