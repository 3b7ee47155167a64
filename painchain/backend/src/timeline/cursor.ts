import { timestampFault } from '@painchain/contract';
import { ProblemError } from '../problem/problem-error.js';
import type { Place } from '../query/walk.js';

export type Direction = 'older' | 'newer';

/** A place between rows of the timeline, and which way a page goes from it. */
export interface PageCursor extends Place {
  direction: Direction;
}

type Order = 'newest' | 'oldest';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const wholeNumber = /^(?:0|[1-9]\d{0,17})$/;

// The order of pages is a part of it: a page that goes the other way has other neighbours.
const partsOf = ({ direction, timestamp, seq }: PageCursor, order: Order) =>
  order === 'newest' ? [direction, timestamp, seq] : [direction, timestamp, seq, 'oldest'];

export function encodeCursor(cursor: PageCursor, order: Order): string {
  return pack(partsOf(cursor, order));
}

/** Throws `invalid-cursor` for anything that `encodeCursor` has not made for pages of this order. */
export function decodeCursor(text: string, order: Order): PageCursor {
  const [direction, timestamp, seq] = unpack(text);
  if ((direction !== 'older' && direction !== 'newer') || !isPlace(timestamp, seq)) throw invalidCursor();
  const cursor = { direction, timestamp: String(timestamp), seq: String(seq) } as const;
  if (encodeCursor(cursor, order) !== text) throw invalidCursor();
  return cursor;
}

export function pack(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Whatever it holds: nothing, if it was not packed. */
export function unpack(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** Whether it is a place as the database wrote it: UTC with microseconds, and the number of a row. */
export function isPlace(timestamp: unknown, seq: unknown): boolean {
  if (typeof timestamp !== 'string' || !instant.test(timestamp) || timestampFault(timestamp)) return false;
  return typeof seq === 'string' && wholeNumber.test(seq);
}

export function invalidCursor(): ProblemError {
  return new ProblemError(
    'invalid-cursor',
    'Use next_cursor or prev_cursor of an earlier page of the same sort, or none to begin anew.',
  );
}
