import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { shifted, zoomedOut } from './moved-range.js';
import { boundsOf, type TimeRange } from './time-range.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const fixed = (from: string, to: string): TimeRange => ({ from: `${from}:00.000Z`, to: `${to}:00.000Z` });

/** Ranges that end before now or at it. */
const ranges: fc.Arbitrary<TimeRange> = fc.oneof(
  fc
    .constantFrom('15m', '1h', '7d', 'today', 'yesterday', 'now-1w/w', 'now-3h - now-1h')
    .map((range) => ({ range })),
  fc
    .tuple(fc.integer({ min: 1, max: now - 2 }), fc.integer({ min: 1, max: 1e10 }))
    .map(([from, length]) => ({ from, to: Math.min(from + length, now) }))
    .map(({ from, to }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })),
);

const ends = (range: TimeRange) => {
  const { fromMs = 0, toMs = now } = boundsOf(range, now, 'local');
  return { fromMs, toMs, length: toMs - fromMs };
};

afterEach(() => void vi.unstubAllEnvs());

describe('shifted', () => {
  it('moves by half of the range and fixes it', () => {
    expect(shifted({ range: '1h' }, 'earlier', now, 'utc')).toEqual(
      fixed('2026-11-24T10:30', '2026-11-24T11:30'),
    );
    const before = fixed('2026-11-24T08:00', '2026-11-24T10:00');
    expect(shifted(before, 'later', now, 'utc')).toEqual(fixed('2026-11-24T09:00', '2026-11-24T11:00'));
  });

  it('goes no further than to the present', () => {
    const near = fixed('2026-11-24T09:30', '2026-11-24T11:30');
    expect(shifted(near, 'later', now, 'utc')).toEqual(fixed('2026-11-24T10:00', '2026-11-24T12:00'));
    expect(shifted({ range: '1h' }, 'later', now, 'utc')).toBeUndefined();
    expect(shifted({}, 'earlier', now, 'utc')).toBeUndefined();
  });

  it.each(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe'])('keeps the length of any range in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    fc.assert(
      fc.property(ranges, fc.constantFrom('earlier' as const, 'later' as const), (range, by) => {
        const moved = shifted(range, by, now, 'local');
        if (!moved) return;
        const [before, after] = [ends(range), ends(moved)];
        expect(after.length).toBe(before.length);
        expect(Math.sign(after.fromMs - before.fromMs)).toBe(by === 'earlier' ? -1 : 1);
        expect(after.toMs).toBeLessThanOrEqual(now);
      }),
    );
  });
});

describe('zoomedOut', () => {
  it('keeps what is relative so', () => {
    expect(zoomedOut({ range: '1h' }, now, 'utc')).toEqual({ range: '2h' });
  });

  it('doubles around the middle, as far as there is a present', () => {
    const middle = fixed('2026-11-24T08:00', '2026-11-24T10:00');
    expect(zoomedOut(middle, now, 'utc')).toEqual(fixed('2026-11-24T07:00', '2026-11-24T11:00'));
    expect(zoomedOut({ range: 'today' }, now, 'utc')).toEqual(fixed('2026-11-23T12:00', '2026-11-24T12:00'));
    expect(zoomedOut({}, now, 'utc')).toBeUndefined();
  });

  it('covers all that it covered', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const wider = zoomedOut(range, now, 'utc');
        if (!wider) return;
        const [before, after] = [boundsOf(range, now, 'utc'), boundsOf(wider, now, 'utc')];
        expect(after.fromMs).toBeLessThan(before.fromMs ?? 0);
        expect(after.toMs ?? now).toBeGreaterThanOrEqual(before.toMs ?? now);
      }),
    );
  });
});
