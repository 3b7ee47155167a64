import { limits } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../problem/problem-error.js';
import { keyCharacters, keyOf } from './sort-key.js';
import { decodeSortedCursor, encodeSortedCursor, type SortedCursor } from './sorted-cursor.js';

const sort = { field: { name: 'data', path: ['n'] }, isDescending: false } as const;
const place = { way: 'next', timestamp: '2026-01-31T10:35:00.123456Z', seq: '42' } as const;
const cursorAt = (written: string | null): SortedCursor => ({ ...place, key: keyOf(written) });
const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cursors of a sorted page', () => {
  it('come back as they went out and fit into a request, whatever the value is', () => {
    const written = fc.oneof(
      fc
        .string({ unit: 'binary', maxLength: 500 })
        .map((text) => `s${text.replaceAll(/\p{Surrogate}/gu, '')}`),
      fc
        .constantFrom('\u0001', '"', '\\', '🚀', 'İ', '\u2028', 'ﬃ')
        .map((each) => `s${each.repeat(keyCharacters + 1)}`),
      fc.constantFrom(
        `n1${'0'.repeat(308)}`,
        `n-${'9'.repeat(399)}`,
        'n0.1',
        `n0.${'0'.repeat(397)}`,
        'n12',
        null,
      ),
    );
    fc.assert(
      fc.property(written, (value) => {
        const text = encodeSortedCursor(cursorAt(value), sort);
        expect(text.length).toBeLessThanOrEqual(limits.cursor);
        expect(decodeSortedCursor(text, sort)).toEqual(cursorAt(value));
      }),
      { numRuns: 200 },
    );
  });

  const mark = (
    JSON.parse(Buffer.from(encodeSortedCursor(cursorAt('n1'), sort), 'base64url').toString()) as string[]
  )[3];
  const good = ['next', place.timestamp, place.seq, mark, 'number', '1'];

  it.each([
    ['another way', ['older', ...good.slice(1)]],
    ['another sort', [...good.slice(0, 3), 'x', 'number', '1']],
    ['a number that is none', [...good.slice(0, 5), '1; drop']],
    ['a value that is not there', [...good.slice(0, 4), 'none', 'x']],
    ['another kind', [...good.slice(0, 4), 'list', '1']],
    ['something more', [...good, 'more']],
    ['another shape', { way: 'next' }],
  ])('are refused when they are forged: %s', (_what, value) => {
    expect(decodeSortedCursor(forged(good), sort)).toEqual(cursorAt('n1'));
    expect(() => decodeSortedCursor(forged(value), sort)).toThrow(
      expect.objectContaining({ code: 'invalid-cursor' }),
    );
  });

  it('never fail in another way', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          decodeSortedCursor(given, sort);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
    );
  });
});
