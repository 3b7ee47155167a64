import type { Zone } from '../components/clock.js';
import { type Bounds, boundsOf, spanOf, type TimeRange } from './time-range.js';

/** A range whose both ends are known; nothing lies ahead of the present, so that is where an open one ends. */
function closed({ fromMs, toMs }: Bounds, now: number): { from: number; to: number } | undefined {
  const to = toMs ?? Math.max(now, (fromMs ?? now) + 1);
  return fromMs === undefined ? undefined : { from: fromMs, to };
}

function fixed(from: number, to: number): TimeRange {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/**
 * The range moved by half of its length, and fixed by that. Later it goes no further than to the present. Undefined:
 * it can't be moved.
 */
export function shifted(
  range: TimeRange,
  by: 'earlier' | 'later',
  now: number,
  zone: Zone,
): TimeRange | undefined {
  const ends = closed(boundsOf(range, now, zone), now);
  if (!ends) return undefined;
  const half = Math.max(Math.round((ends.to - ends.from) / 2), 1);
  const step = by === 'earlier' ? -Math.min(half, Math.max(ends.from, 0)) : Math.min(half, now - ends.to);
  const isMoved = by === 'earlier' ? step < 0 : step > 0;
  // Nobody who moves the last hour means the present's part of a second.
  const cut = range.range === undefined || half < 1e3 ? 0 : (ends.from + step) % 1e3;
  const from = ends.from + step - cut;
  return isMoved ? fixed(from, from + ends.to - ends.from) : undefined;
}

/**
 * Twice the range around its middle; what would lie ahead of the present is added in front instead. The last hour
 * becomes the last two. Undefined: there is nothing wider.
 */
export function zoomedOut(range: TimeRange, now: number, zone: Zone): TimeRange | undefined {
  const double = range.range?.replace(/^\d+(?=[smhdw]$)/, (count) => String(2 * Number(count)));
  if (double !== undefined && double !== range.range && spanOf(double) !== undefined)
    return { range: double };
  const ends = closed(boundsOf(range, now, zone), now);
  if (!ends || ends.from <= 0) return undefined;
  const length = ends.to - ends.from;
  const to = Math.max(ends.to, Math.min(ends.to + Math.floor(length / 2), now));
  return fixed(Math.max(to - 2 * length, 0), to);
}
