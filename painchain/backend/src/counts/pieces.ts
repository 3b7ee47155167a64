import { ceilTo, day, floorTo, type Micros, quarterHour } from './micros.js';

export interface Interval {
  from: Micros;
  to: Micros;
}

/** What is kept of counts, by the length of time that one row counts. */
const kept = { days: day, slots: quarterHour };
export type Kept = keyof typeof kept;

/** A part of time and where its count is to be read from: rows of whole units, or the events themselves. */
export interface Piece extends Interval {
  source: Kept | 'events';
}

/**
 * The interval as as few pieces as there can be, in order: what is whole units of the first kind, what is left
 * in units of the next, and the edges from the events.
 */
export function piecesOf({ from, to }: Interval, units: readonly Kept[]): Piece[] {
  if (from >= to) return [];
  const [unit, ...smaller] = units;
  if (!unit) return [{ source: 'events', from, to }];
  const start = ceilTo(from, kept[unit]);
  const end = floorTo(to, kept[unit]);
  if (start >= end) return piecesOf({ from, to }, smaller);
  return [
    ...piecesOf({ from, to: start }, smaller),
    { source: unit, from: start, to: end },
    ...piecesOf({ from: end, to }, smaller),
  ];
}

/** The beginnings of the units that the intervals lie in, each once. */
export function unitsTouched(intervals: readonly Interval[], unit: Kept): Micros[] {
  const touched = new Set<Micros>();
  for (const { from, to } of intervals) {
    for (let start = floorTo(from, kept[unit]); start < to; start += kept[unit]) touched.add(start);
  }
  return [...touched];
}
