import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apart, offsetWords, signedOffset } from './offset.js';

describe('an offset', () => {
  it.each([
    [0, '±0 s'],
    [499, '±0 s'],
    [-499, '±0 s'],
    [500, '+1 s'],
    [-252_000, '−4 m 12 s'],
    [59_600, '+1 m'],
    [3_599_600, '+1 h'],
    [7_500_000, '+2 h 5 m'],
    [-90_061_000, '−1 d 1 h'],
    [86_400_000 + 59_000, '+1 d'],
  ])('of %d ms is %s', (ms, text) => {
    expect(signedOffset(ms)).toBe(text);
  });

  it('is said in words', () => {
    expect(offsetWords(-240_000)).toBe('4 m before');
    expect(offsetWords(12_000)).toBe('12 s after');
    expect(offsetWords(3)).toBe('at the same moment');
  });

  it('has the same length before and after, and never more than two units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 10 ** 12 }), (ms) => {
        expect(signedOffset(-ms).slice(1)).toBe(signedOffset(ms).slice(1));
        expect(apart(ms)).toMatch(/^\d+ [dhms]( \d+ [hms])?$/);
      }),
    );
  });
});
