import type { Bucket } from './buckets.js';

/** Where the bar of a bucket stands, in pixels from the left. */
export type Slot = { x: number; width: number };

const gap = 1;
const gapFrom = 4;
const widestBar = 48;

/**
 * A bar is as wide as its stretch of time is long: the first may be cut by the range, and days differ. A last one that
 * is not over gets the room of a whole one, so that it can be seen to grow.
 */
export function slotsOf(buckets: readonly Bucket[], width: number, partial?: number): Slot[] {
  const lengths = buckets.map(({ fromMs, toMs }, index) => {
    const before = buckets[index - 1];
    const isGrowing = index === partial && index === buckets.length - 1 && before !== undefined;
    return Math.max(toMs - fromMs, isGrowing ? before.toMs - before.fromMs : 0);
  });
  const span = lengths.reduce((sum, length) => sum + length, 0) || 1;
  let x = 0;
  return lengths.map((length) => {
    const slot = { x, width: (length / span) * width };
    x += slot.width;
    return slot;
  });
}

/** The bar under a place; beyond an end the one at that end. */
export function slotAt(slots: readonly Slot[], x: number): number {
  return Math.max(
    0,
    slots.findLastIndex((slot) => slot.x <= x),
  );
}

/** All of the room from one bar to the other, whichever comes first. */
export function roomOf(slots: readonly Slot[], one: number, other: number): Slot | undefined {
  const first = slots[Math.min(one, other)];
  const last = slots[Math.max(one, other)];
  return first && last && { x: first.x, width: last.x + last.width - first.x };
}

/** Few events beside many, and few failures in a high bar, must still be seen. */
const leastHeight = 2;

/** The heights of a bar's layers, from below, where the highest of all bars is `height`. */
export function layerHeights(layers: readonly number[], highest: number, height: number): number[] {
  const count = layers.reduce((sum, layer) => sum + layer, 0);
  if (count === 0 || highest === 0) return layers.map(() => 0);
  const whole = Math.max(leastHeight, (count / highest) * height);
  const failures = layers.at(-1) ?? 0;
  const top = failures === 0 ? 0 : Math.max(leastHeight, (failures / count) * whole);
  const rest = count - failures;
  return layers.map((layer, index) => {
    if (index === layers.length - 1) return top;
    return rest === 0 ? 0 : (layer / rest) * Math.max(0, whole - top);
  });
}

/**
 * One path for each layer through all bars, in a picture of this height. A layer that is nowhere has none. Between
 * failures and what they stand on is a gap, for a series of a similar colour.
 */
export function layerPaths(buckets: readonly Bucket[], slots: readonly Slot[], height: number): string[] {
  const highest = Math.max(0, ...buckets.map(({ count }) => count));
  const layerCount = Math.max(0, ...buckets.map(({ layers }) => layers.length));
  const paths = Array.from({ length: layerCount }, () => '');
  for (const [index, { layers }] of buckets.entries()) {
    const slot = slots[index];
    if (!slot) continue;
    let bottom = height;
    for (const [layer, size] of layerHeights(layers, highest, height).entries()) {
      if (size === 0) continue;
      const isFailures = layer === layers.length - 1;
      paths[layer] += rectangle(
        barOf(slot),
        bottom - size,
        isFailures && size > leastHeight ? size - 1 : size,
      );
      bottom -= size;
    }
  }
  return paths;
}

/** A path of the whole height over some of the bars. */
export function columnsPath(slots: readonly (Slot | undefined)[], height: number): string {
  return slots.map((slot) => (slot ? rectangle(slot, 0, height) : '')).join('');
}

/** The part of a bar's column that the bar fills. */
export function barPath(bucket: Bucket, slot: Slot, highest: number, height: number): string {
  const size = layerHeights(bucket.layers, highest, height).reduce((sum, each) => sum + each, 0);
  return size === 0 ? '' : rectangle(barOf(slot), height - size, size);
}

/** A few buckets fill the width, their bars don't: a wall of colour says less than a bar. */
function barOf({ x, width }: Slot): Slot {
  const bar = Math.min(width, widestBar);
  return { x: x + (width - bar) / 2, width: bar };
}

function rectangle({ x, width }: Slot, y: number, height: number): string {
  const wide = width >= gapFrom ? width - gap : width;
  return `M${short(x)} ${short(y)}h${short(wide)}v${short(height)}h${short(-wide)}z`;
}

function short(number: number): string {
  return String(Math.round(number * 100) / 100);
}
