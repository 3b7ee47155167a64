import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, endsInFuture, momentMs, parseRangeText, relativeBounds } from './time-range.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const hour = 3_600_000;

describe('parseRangeText', () => {
  it.each([
    ['', {}],
    ['any time', {}],
    ['24h', { range: '24h' }],
    ['30 m', { range: '30m' }],
    ['now-1h', { range: '1h' }],
    ['last 7d', { range: '7d' }],
    ['Yesterday', { range: 'yesterday' }],
    ['2026-01-31', { from: '2026-01-31T00:00:00.000Z' }],
    ['2026-01-31 10:35', { from: '2026-01-31T10:35:00.000Z' }],
    ['2026-01-31T10:35:00+02:00', { from: '2026-01-31T08:35:00.000Z' }],
    ['1700000000', { from: '2023-11-14T22:13:20.000Z' }],
    [
      '2026-01-31 10:00 - 2026-01-31 11:00',
      { from: '2026-01-31T10:00:00.000Z', to: '2026-01-31T11:00:00.000Z' },
    ],
    ['2026-01-31..2026-02-01', { from: '2026-01-31T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' }],
    ['now-2h to now-1h', { from: '2026-11-24T10:00:00.000Z', to: '2026-11-24T11:00:00.000Z' }],
    ['2026-11-24 - now', { from: '2026-11-24T00:00:00.000Z' }],
  ])('reads %j', (text, range) => {
    expect(parseRangeText(text, now, 'utc')).toEqual({ range });
  });

  it.each(['soon', '0h', '24', '2026-02-30', '2026-13-01', '12h - soon', '2026-02-02 - 2026-02-01', '-1h'])(
    'says what is wrong with %j',
    (text) => {
      expect(parseRangeText(text, now, 'utc')).toHaveProperty('fault');
    },
  );

  it('never throws, and what it gives is in order', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseRangeText(text, now, 'utc');
        if (!('range' in parsed)) return;
        const { fromMs = -Infinity, toMs = Infinity } = boundsOf(parsed.range, now, 'utc');
        expect(fromMs).toBeLessThan(toMs);
      }),
    );
  });
});

describe('bounds', () => {
  it('of a relative range move with the clock', () => {
    expect(boundsOf({ range: '1h' }, now, 'utc')).toEqual({ fromMs: now - hour });
    expect(boundsOf({ range: '1h' }, now + hour, 'utc')).toEqual({ fromMs: now });
  });

  it('of yesterday are that day in the zone that is shown', () => {
    expect(relativeBounds('yesterday', now, 'utc')).toEqual({
      fromMs: Date.parse('2026-11-23T00:00:00Z'),
      toMs: Date.parse('2026-11-24T00:00:00Z'),
    });
  });

  it('tell whether anything new can still come', () => {
    expect(endsInFuture({}, now)).toBe(true);
    expect(endsInFuture({ toMs: now - 1 }, now)).toBe(false);
  });
});

describe('momentMs', () => {
  it('does not roll a day that is not there over to the next month', () => {
    expect(momentMs('2026-02-29', now, 'utc')).toBeUndefined();
    expect(momentMs('2028-02-29', now, 'utc')).toBe(Date.parse('2028-02-29T00:00:00Z'));
  });
});
