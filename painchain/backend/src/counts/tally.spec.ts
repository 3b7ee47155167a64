import { describe, expect, it } from 'vitest';
import { FacetsTally, mostValues } from './facets-tally.js';
import { HistogramTally } from './histogram-tally.js';

describe('a tally of a histogram', () => {
  it('gives the most frequent values of all steps, with those that have none last among equals', () => {
    const tally = new HistogramTally(2);
    tally.add(
      [
        [0, 'b', 2],
        [1, null, 1],
      ],
      true,
    );
    tally.add(
      [
        [0, 'a', 1],
        [1, 'b', 3],
        [0, 'c', 9],
      ],
      true,
    );
    expect(tally.counts()).toEqual({
      series: [
        { value: 'c', count: 9 },
        { value: 'b', count: 5 },
        { value: 'a', count: 1 },
        { value: null, count: 1 },
      ],
      buckets: [
        { count: 12, values: [9, 2, 1, 0] },
        { count: 4, values: [0, 3, 0, 1] },
      ],
      hasMoreValues: false,
    });
  });

  it('counts in its bucket what has a value too many, and says so', () => {
    const tally = new HistogramTally(1);
    tally.add(
      Array.from({ length: 2_000 }, (_, n) => [0, `v${n}`, 1]),
      true,
    );
    expect(tally.counts().hasMoreValues).toBe(false);
    tally.add(
      [
        [0, 'v7', 1],
        [0, 'one too many', 50],
      ],
      true,
    );
    expect(tally.counts()).toMatchObject({
      series: expect.arrayContaining([{ value: 'v7', count: 2 }]) as unknown,
      buckets: [{ count: 2_051 }],
      hasMoreValues: true,
    });
  });
});

describe('a tally of facets', () => {
  it('adds up values, those without and the total', () => {
    const tally = new FacetsTally(2);
    tally.add({ total: 3, missing: [1, 3], values: [[0, 'b', 2]] });
    tally.add({
      total: 3,
      missing: [0, 2],
      values: [
        [0, 'a', 2],
        [0, 'c', 1],
        [1, 'x', 1],
      ],
    });
    expect(tally.total).toBe(6);
    expect(tally.counts(0, 2)).toEqual({
      values: [
        { value: 'a', count: 2 },
        { value: 'b', count: 2 },
      ],
      others: 1,
      missing: 1,
      hasMoreValues: false,
    });
    expect(tally.counts(1, 5, () => undefined)).toMatchObject({ values: [], missing: 5 });
  });

  it('remembers only so many values, and says when there are more', () => {
    const most = mostValues(1);
    const tally = new FacetsTally(1);
    const values = Array.from({ length: most - 1 }, (_, n): [number, string, number] => [0, `v${n}`, 1]);
    tally.add({ total: most - 1, missing: [0], values });
    tally.add({ total: 1, missing: [0], values: [[0, 'the last', 1]] });
    expect(tally.counts(0, 1)).toMatchObject({ others: most - 1, hasMoreValues: false });
    tally.add({
      total: 1,
      missing: [0],
      values: [
        [0, 'one too many', 1],
        [0, 'v0', 4],
      ],
    });
    expect(tally.counts(0, 1)).toMatchObject({
      values: [{ value: 'v0', count: 5 }],
      others: most - 1,
      hasMoreValues: true,
    });
  });

  it('keeps all fields together within bounds', () => {
    expect([1, 5, 20].map(mostValues)).toEqual([10_000, 10_000, 2_500]);
  });
});
