import type { Histogram } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, bucketAt, bucketsOf, partialBucket, stretchOf } from './buckets.js';

const minute = 60_000;
const start = Date.parse('2026-03-01T10:00:00Z');

/** Buckets of a minute with this many events of each series, and of them this many failures. */
function answer(
  series: readonly string[],
  counts: readonly { count: number; values: number[] }[],
): Histogram {
  const at = (index: number) => new Date(start + index * minute).toISOString();
  return {
    from: at(0),
    to: at(counts.length),
    zone: 'UTC',
    step: 'PT1M',
    total: counts.reduce((sum, { count }) => sum + count, 0),
    series: series.map((value) => ({ value, count: 1 })),
    buckets: counts.map(({ count, values }, index) => ({
      start: at(index),
      count,
      values,
      counted: 'whole',
    })),
    capped: null,
  };
}

const parts = fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 });

describe('bucketsOf', () => {
  it('takes failures out of the series they are of and puts them on top', () => {
    const [bucket] = bucketsOf(
      answer(['git', 'builds'], [{ count: 20, values: [10, 6] }]),
      answer(['builds'], [{ count: 4, values: [3] }]),
    );
    expect(bucket).toMatchObject({ count: 20, values: [10, 6], others: 4, failures: 4 });
    expect(bucket?.layers).toEqual([10, 3, 3, 4]);
  });

  it('stacks just what was counted, whatever is said of failures', () => {
    fc.assert(
      fc.property(parts, parts, fc.nat(4_000), ([others = 0, ...values], failed, failures) => {
        const count = values.reduce((sum, value) => sum + value, others);
        const [bucket] = bucketsOf(
          answer(['a', 'b', 'c'], [{ count, values }]),
          answer(['c', 'x', 'a'], [{ count: failures, values: failed }]),
        );
        expect(bucket?.layers.reduce((sum, layer) => sum + layer, 0)).toBe(count);
        expect(Math.min(...(bucket?.layers ?? []))).toBeGreaterThanOrEqual(0);
        expect(bucket?.layers.at(-1)).toBe(Math.min(count, failures));
        expect(bucket?.others).toBe(others);
      }),
    );
  });

  it('knows of no failures until they are counted, nor of those of another time', () => {
    const whole = answer(['a'], [{ count: 2, values: [2] }]);
    const elsewhere = answer(['a'], [{ count: 2, values: [2] }]);
    elsewhere.buckets = elsewhere.buckets.map((bucket) => ({ ...bucket, start: '2020-01-01T00:00:00Z' }));
    expect(bucketsOf(whole, undefined)[0]?.layers).toEqual([2, 0, 0]);
    expect(bucketsOf(whole, elsewhere)[0]?.failures).toBe(0);
  });

  it('ends where the range ends, with what happened within its last millisecond', () => {
    const whole = { ...answer([], [{ count: 1, values: [] }]), to: '2026-03-01T10:00:30.123400Z' };
    expect(bucketsOf(whole, undefined)[0]?.toMs).toBe(Date.parse('2026-03-01T10:00:30.124Z'));
    const even = { ...whole, to: '2026-03-01T10:00:30.123000Z' };
    expect(bucketsOf(even, undefined)[0]?.toMs).toBe(Date.parse('2026-03-01T10:00:30.123Z'));
  });
});

const five = bucketsOf(
  answer(
    [],
    Array.from({ length: 5 }, () => ({ count: 1, values: [] })),
  ),
  undefined,
);

describe('a stretch of buckets', () => {
  it('is found by an instant, its end not included', () => {
    expect(bucketAt(five, start)).toBe(0);
    expect(bucketAt(five, start + minute - 1)).toBe(0);
    expect(bucketAt(five, start + minute)).toBe(1);
    expect(bucketAt(five, start + 5 * minute)).toBeUndefined();
    expect(bucketAt(five, start - 1)).toBeUndefined();
  });

  it('goes from edge to edge in whichever direction it was drawn', () => {
    const expected = { fromMs: start + minute, toMs: start + 4 * minute };
    expect(stretchOf(five, 1, 3)).toEqual(expected);
    expect(stretchOf(five, 3, 1)).toEqual(expected);
    expect(stretchOf(five, 2, 9)).toBeUndefined();
  });

  it('has one that is not over: the last, or the one that now lies in', () => {
    const now = start + 2.5 * minute;
    expect(partialBucket(five, true, now)).toBe(4);
    expect(partialBucket(five, false, now)).toBe(2);
    expect(partialBucket(five, false, start + 99 * minute)).toBeUndefined();
    expect(partialBucket([] as Bucket[], true, now)).toBeUndefined();
  });
});
