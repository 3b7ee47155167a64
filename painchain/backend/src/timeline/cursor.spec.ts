import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem/problem-error.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = ['older', '2026-01-31T10:35:00.123456Z', '42'];

describe('page cursors', () => {
  it('come back as they went out', () => {
    const cursor = {
      direction: 'newer',
      timestamp: '0001-01-01T00:00:00.000001Z',
      seq: '9007199254740993',
    } as const;
    expect(decodeCursor(encodeCursor(cursor, 'newest'), 'newest')).toEqual(cursor);
  });

  it.each([
    ['nothing', ''],
    ['a text', 'next'],
    ['another shape', forged({ direction: 'older' })],
    ['another direction', forged(['sideways', good[1], good[2]])],
    ['an instant without microseconds', forged(['older', '2026-01-31T10:35:00Z', '42'])],
    ['a day that does not exist', forged(['older', '2026-02-30T10:35:00.000000Z', '42'])],
    ['an instant with SQL', forged(['older', "2026-01-31T10:35:00.123456Z'--", '42'])],
    ['a number beyond bigint', forged(['older', good[1], '9'.repeat(19)])],
    ['a negative number', forged(['older', good[1], '-1'])],
    ['a number as a number', forged(['older', good[1], 42])],
    ['something more', forged([...good, 'more'])],
    ['padding', `${forged(good)}=`],
    ['white space', `${forged(good)} `],
  ])('are refused when they are forged: %s', (_what, text) => {
    expect(() => decodeCursor(text, 'newest')).toThrow(expect.objectContaining({ code: 'invalid-cursor' }));
  });

  it('never fail in another way', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => {
          try {
            decodeCursor(text, 'newest');
          } catch (error) {
            expect(error).toBeInstanceOf(ProblemError);
          }
        },
      ),
    );
  });
});
