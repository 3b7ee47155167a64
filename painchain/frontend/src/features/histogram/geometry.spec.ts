import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticksOf } from './axis.js';
import type { Bucket } from './buckets.js';
import { barPath, columnsPath, layerHeights, layerPaths, roomOf, slotAt, slotsOf } from './geometry.js';
import { moved } from './use-cursor.js';

const minute = 60_000;
const start = Date.parse('2026-03-01T10:00:00Z');

function bucket(fromMinute: number, toMinute: number, layers: readonly number[]): Bucket {
  return {
    fromMs: start + fromMinute * minute,
    toMs: start + toMinute * minute,
    count: layers.reduce((sum, layer) => sum + layer, 0),
    values: [],
    others: 0,
    failures: layers.at(-1) ?? 0,
    counted: 'whole',
    layers,
  };
}

const row = (count: number) =>
  Array.from({ length: count }, (_, at) => bucket(at * 15, at * 15 + 15, [1, 0]));

describe('slotsOf', () => {
  it('is as wide as the time is long', () => {
    expect(slotsOf([bucket(0, 5, [1]), bucket(5, 20, [1])], 200)).toEqual([
      { x: 0, width: 50 },
      { x: 50, width: 150 },
    ]);
  });

  it('gives the one that is not over the room of a whole one', () => {
    const buckets = [bucket(0, 10, [1]), bucket(10, 11, [1])];
    expect(slotsOf(buckets, 200, 1).map(({ width }) => width)).toEqual([100, 100]);
    expect(slotsOf(buckets, 220, undefined).map(({ width }) => width)).toEqual([200, 20]);
    expect(slotsOf([bucket(0, 1, [1])], 200, 0)).toEqual([{ x: 0, width: 200 }]);
  });

  it('finds the bar under a place, and at the ends the nearest', () => {
    const slots = slotsOf(row(4), 400);
    expect([-5, 0, 99, 100, 399, 900].map((x) => slotAt(slots, x))).toEqual([0, 0, 0, 1, 3, 3]);
  });
});

describe('roomOf', () => {
  it('reaches from one bar to the other in either direction', () => {
    const slots = slotsOf(row(4), 400);
    expect(roomOf(slots, 1, 2)).toEqual({ x: 100, width: 200 });
    expect(roomOf(slots, 2, 1)).toEqual({ x: 100, width: 200 });
    expect(roomOf(slots, 3, 9)).toBeUndefined();
  });
});

describe('layerHeights', () => {
  it('fills the picture with the highest bar and keeps the shares', () => {
    expect(layerHeights([10, 20, 10], 40, 80)).toEqual([20, 40, 20]);
    expect(layerHeights([5, 0, 5], 40, 80)).toEqual([10, 0, 10]);
    expect(layerHeights([0, 0], 40, 80)).toEqual([0, 0]);
  });

  it('lets nothing that happened disappear, and no bar outgrow the picture', () => {
    const layers = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(layers, fc.nat(1_000_000), (layers, more) => {
        const count = layers.reduce((sum, layer) => sum + layer, 0);
        const heights = layerHeights(layers, count + more, 52);
        const whole = heights.reduce((sum, height) => sum + height, 0);
        expect(whole).toBeLessThan(52.001);
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
        expect(count === 0 || whole >= 1.999).toBe(true);
        expect(layers.at(-1) === 0 || (heights.at(-1) ?? 0) >= 1.999).toBe(true);
      }),
    );
  });
});

describe('paths', () => {
  it('are one for each layer, stacked from below', () => {
    const buckets = [bucket(0, 1, [3, 0, 1]), bucket(1, 2, [0, 2, 0])];
    expect(layerPaths(buckets, slotsOf(buckets, 20), 40)).toEqual([
      'M0 10h9v30h-9z',
      'M10 20h9v20h-9z',
      'M0 0h9v9h-9z',
    ]);
    expect(layerPaths([], [], 40)).toEqual([]);
  });

  it('draw bars of a bar’s width, however few there are', () => {
    const one = [bucket(0, 1, [1, 0])];
    expect(layerPaths(one, slotsOf(one, 1_000), 40)).toEqual(['M476 0h47v40h-47z', '']);
    expect(columnsPath(slotsOf(one, 1_000), 40)).toBe('M0 0h999v40h-999z');
  });

  it('mark whole columns, or what a bar fills of one', () => {
    const half = bucket(0, 1, [2, 0]);
    const slots = slotsOf([half], 3);
    expect(columnsPath([...slots, undefined], 40)).toBe('M0 0h3v40h-3z');
    expect(barPath(half, { x: 0, width: 3 }, 4, 40)).toBe('M0 20h3v20h-3z');
    expect(barPath(bucket(0, 1, [0]), { x: 0, width: 3 }, 4, 40)).toBe('');
  });
});

describe('ticksOf', () => {
  const labels = (buckets: Bucket[], width: number) =>
    ticksOf(buckets, slotsOf(buckets, width), width, 'utc').map(({ label }) => label);

  it('names round times, the first with its day when no day begins', () => {
    expect(labels(row(16), 480)).toEqual(['1 Mar 11:00', '12:00', '13:00']);
  });

  it('names the day where one begins', () => {
    expect(labels(row(96), 480)).toEqual(['12:00', '18:00', '2 Mar', '06:00']);
  });

  it('names dates over years, and seconds within a minute', () => {
    const year = 365 * 24 * 60;
    expect(
      labels(
        [0, 1, 2, 3].map((at) => bucket(at * year, (at + 1) * year, [1])),
        480,
      ),
    ).toEqual(['1 Mar 2027', '29 Feb 2028', '28 Feb 2029']);
    const seconds = Array.from({ length: 60 }, (_, at) => bucket(at / 60, (at + 1) / 60, [1]));
    expect(labels(seconds, 300)).toEqual(['1 Mar 10:00:30']);
    expect(labels([], 300)).toEqual([]);
  });
});

describe('moved', () => {
  it('goes by one, by ten and to the ends, and never beyond', () => {
    expect(
      ['ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => moved(key, 5, 12)),
    ).toEqual([4, 6, 0, 11, 0, 11]);
    expect(moved('Tab', 5, 12)).toBeUndefined();
  });
});
