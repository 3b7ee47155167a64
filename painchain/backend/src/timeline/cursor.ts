import { ProblemError } from '../problem/problem-error.js';
import { timestampFault } from '@painchain/contract';

/** A place between rows of the timeline, and which way a page goes from it. */
export interface PageCursor {
  direction: 'older' | 'newer';
  /** UTC with microseconds, as the database wrote it. */
  timestamp: string;
  seq: string;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const wholeNumber = /^(?:0|[1-9]\d{0,17})$/;

export function encodeCursor({ direction, timestamp, seq }: PageCursor): string {
  return Buffer.from(JSON.stringify([direction, timestamp, seq])).toString('base64url');
}

/** Throws `invalid-cursor` for anything that `encodeCursor` has not made. */
export function decodeCursor(text: string): PageCursor {
  const cursor = read(text);
  if (cursor && encodeCursor(cursor) === text) return cursor;
  throw new ProblemError(
    'invalid-cursor',
    'Use next_cursor or prev_cursor of an earlier page, or none to begin anew.',
  );
}

function read(text: string): PageCursor | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [direction, timestamp, seq] = parts as unknown[];
  if (direction !== 'older' && direction !== 'newer') return undefined;
  if (typeof timestamp !== 'string' || !instant.test(timestamp) || timestampFault(timestamp))
    return undefined;
  if (typeof seq !== 'string' || !wholeNumber.test(seq)) return undefined;
  return { direction, timestamp, seq };
}
