import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.js';

const now = Date.UTC(2026, 10, 24, 7);

describe('parseRetryAfter', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['-1', 0],
    ['1.5', 1_500],
    ['301', 300_000],
    ['1e9', 300_000],
    ['1000000000', 300_000],
    ['99999999999999999999', 300_000],
    [' 7 ', 7_000],
    ['Tue, 24 Nov 2026 07:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 06:59:00 GMT', 0],
    ['Wed, 24 Nov 2027 07:00:00 GMT', 300_000],
    ['Tuesday, 24-Nov-26 07:00:30 GMT', 30_000],
  ])('reads %j as %i ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    ' ',
    'soon',
    '1,2',
    '0x10',
    'NaN',
    'Infinity',
    '2026-11-24',
    'Tue, 99 Nov 2026 99:99:99 GMT',
  ])('makes nothing of %j', (header) => {
    expect(parseRetryAfter(header, now)).toBeUndefined();
  });

  it('never gives anything but 0 to 300 s, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)), (header) => {
        const ms = parseRetryAfter(header, now) ?? 0;
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(300_000);
      }),
    );
  });
});
