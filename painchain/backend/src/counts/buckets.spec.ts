import { limits } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEven, stepFor } from './bucket-step.js';
import { bucketsOf } from './buckets.js';
import { microsOf, microsText, millisOf } from './micros.js';
import type { Interval } from './pieces.js';
import { zoneClock, type ZoneClock } from './zone-clock.js';

function clockOf(zone: string): ZoneClock {
  const clock = zoneClock(zone);
  if (!clock) throw new Error(`no zone ${zone}`);
  return clock;
}

const bucketsFor = (range: Interval, zone: string, wanted: number) => {
  const step = stepFor(millisOf(range.to) - millisOf(range.from), wanted);
  return { step, buckets: bucketsOf(range, step, clockOf(zone)) };
};

const starts = (zone: string, from: string, to: string, wanted: number) => {
  const { step, buckets } = bucketsFor({ from: microsOf(from), to: microsOf(to) }, zone, wanted);
  return [step.duration, ...buckets.map(({ from }) => microsText(from).replace(':00.000000Z', ''))];
};

describe('buckets', () => {
  it('cut the range into about as many as wanted, and never more than there may be', () => {
    const durations = (hours: number) => [10, 100, 400].map((n) => stepFor(hours * 3_600_000, n).duration);
    expect(durations(24)).toEqual(['PT3H', 'PT15M', 'PT5M']);
    expect(durations(24 * 30)).toEqual(['P1W', 'PT6H', 'PT3H']);
    expect(durations(24 * 365)).toEqual(['P1M', 'P1W', 'P1D']);
    expect(stepFor(1, 400).duration).toBe('PT1S');
    expect(stepFor(24 * 3_600_000, 1).duration).toBe('P1D');
  });

  it.each([
    [
      'the first day that has no midnight begins at one',
      ['America/Sao_Paulo', '2018-11-03T12:00:00Z', '2018-11-06T00:00:00Z', 3],
      ['P1D', '2018-11-03T12:00', '2018-11-04T03:00', '2018-11-05T02:00'],
    ],
    [
      'a clock that is set ahead at midnight',
      ['Asia/Beirut', '2024-03-29T22:00:00Z', '2024-04-01T21:00:00Z', 3],
      ['P1D', '2024-03-29T22:00', '2024-03-30T22:00', '2024-03-31T21:00'],
    ],
    [
      'a midnight that comes twice begins the day once',
      ['America/Havana', '2024-11-02T04:00:00Z', '2024-11-05T05:00:00Z', 3],
      ['P1D', '2024-11-02T04:00', '2024-11-03T04:00', '2024-11-04T05:00'],
    ],
    [
      'a day that was skipped has no bucket',
      ['Pacific/Apia', '2011-12-29T10:00:00Z', '2012-01-01T10:00:00Z', 3],
      ['P1D', '2011-12-29T10:00', '2011-12-30T10:00', '2011-12-31T10:00'],
    ],
    [
      'a midnight within a skipped hour',
      ['America/Toronto', '1919-03-30T05:00:00Z', '1919-04-02T04:00:00Z', 3],
      ['P1D', '1919-03-30T05:00', '1919-03-31T04:30', '1919-04-01T04:00'],
    ],
    [
      'quarters of a day count from midnight, whatever the clock does between',
      ['Europe/Berlin', '2024-03-30T23:00:00Z', '2024-03-31T22:00:00Z', 4],
      ['PT6H', '2024-03-30T23:00', '2024-03-31T04:00', '2024-03-31T10:00', '2024-03-31T16:00'],
    ],
    [
      'hours of Kathmandu begin at a quarter past',
      ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z', 3],
      ['PT1H', '2026-01-01T00:00', '2026-01-01T00:15', '2026-01-01T01:15', '2026-01-01T02:15'],
    ],
    [
      'an hour that comes twice is two',
      ['America/New_York', '2024-11-03T04:00:00Z', '2024-11-03T08:00:00Z', 4],
      ['PT1H', '2024-11-03T04:00', '2024-11-03T05:00', '2024-11-03T06:00', '2024-11-03T07:00'],
    ],
    [
      'half an hour that is skipped, and one that comes twice',
      ['Australia/Lord_Howe', '2024-10-05T14:30:00Z', '2024-10-05T17:00:00Z', 2],
      ['PT1H', '2024-10-05T14:30', '2024-10-05T15:30', '2024-10-05T16:00'],
    ],
    [
      'half an hour that comes twice',
      ['Australia/Lord_Howe', '2024-04-06T13:00:00Z', '2024-04-06T16:30:00Z', 3],
      ['PT1H', '2024-04-06T13:00', '2024-04-06T14:00', '2024-04-06T15:00', '2024-04-06T15:30'],
    ],
    [
      'weeks begin on Monday',
      ['Asia/Kolkata', '2026-01-01T00:00:00Z', '2026-01-20T00:00:00Z', 3],
      ['P1W', '2026-01-01T00:00', '2026-01-04T18:30', '2026-01-11T18:30', '2026-01-18T18:30'],
    ],
  ] as const)('%s', (_, [zone, from, to, wanted], expected) => {
    expect(starts(zone, from, to, wanted)).toEqual(expected);
  });

  it('reach from the first year to the last', () => {
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/New_York', 'Asia/Kathmandu']) {
      const [duration, ...edges] = starts(zone, '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z', 100);
      expect(duration).toBe('P100Y');
      expect(edges.length).toBeGreaterThanOrEqual(100);
    }
  });
});

const zones = Intl.supportedValuesOf('timeZone');
const instant = fc.bigInt(microsOf('1900-01-01T00:00:00Z'), microsOf('2040-01-01T00:00:00Z'));
const length = fc
  .tuple(fc.bigInt(1n, 999n), fc.constantFrom(1n, 1_000n, 60_000_000n, 3_600_000_000n, 86_400_000_000n))
  .map(([count, unit]) => count * unit);

// A clock that is made in another way than ours: from what it shows, and not from its offset.
function shownBy(zone: string): (instant: number) => number {
  const part = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', {
    ...part,
    timeZone: zone,
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const at = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? Number.NaN;
    const date = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
    return date + (((instant % 1_000) + 1_000) % 1_000);
  };
}

describe('buckets of any range in any zone', () => {
  it('are the range, in order, without a hole and within the limit', () => {
    fc.assert(
      fc.property(
        instant,
        length,
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 400 }),
        (...given) => {
          const [from, length, zone, wanted] = given;
          const { buckets } = bucketsFor({ from, to: from + length }, zone, wanted);
          expect(buckets.length).toBeLessThanOrEqual(limits.buckets);
          expect([buckets[0]?.from, buckets.at(-1)?.to]).toEqual([from, from + length]);
          for (const [n, bucket] of buckets.entries()) {
            expect(bucket.from < bucket.to).toBe(true);
            if (n > 0) expect(bucket.from).toBe(buckets[n - 1]?.to);
          }
        },
      ),
    );
  });

  it('hold the instants at which the clock shows the time of the bucket', () => {
    fc.assert(
      fc.property(instant, length, fc.constantFrom(...zones), fc.integer({ min: 1, max: 40 }), (...given) => {
        const [from, length, zone, wanted] = given;
        const { step, buckets } = bucketsFor({ from, to: from + length }, zone, wanted);
        const shown = shownBy(zone);
        for (const bucket of buckets) {
          const [start, end] = [millisOf(bucket.from), millisOf(bucket.to - 1n)];
          const begins = step.startOf(shown(start));
          const samples = [0, 0.01, 0.3, 0.5, 0.97, 1].map((part) =>
            Math.floor(start + (end - start) * part),
          );
          for (const sample of samples) {
            const other = step.startOf(shown(sample));
            // A clock that is set back within a long bucket may show an earlier one again.
            if (isEven(step)) expect(other).toBe(begins);
            else expect(other).toBeLessThanOrEqual(begins);
          }
          const isChanged = shown(start) - shown(start - 1) !== 1;
          expect(bucket === buckets[0] || isChanged || shown(start) === begins).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
