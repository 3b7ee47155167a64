import { ceilTo, day, floorTo, hour, type Micros, quarter } from './micros.js';

export interface Interval {
  from: Micros;
  to: Micros;
}

/** What is kept of counts, by the length of time that one row counts. */
const kept = { days: day, hours: hour, quarters: quarter };
export type Kept = keyof typeof kept;

/** A part of time and where its count is to be read from: rows of whole units, or the events themselves. */
export interface Piece extends Interval {
  source: Kept | 'events';
  /** Whether its count is added or taken away. */
  sign: 1 | -1;
}

/** How an interval can be counted: in which units, the longest first, and from when on there is next to nothing. */
export interface Counting {
  units: readonly Kept[];
  now: Micros;
}

/**
 * Pieces whose counts, added up by their signs, are that of the interval, and which hold as few events as there is
 * need to read. Of a unit that lies in the interval in part, either that part is counted, or all of it less the
 * rest, whichever is shorter. What lies in the future costs nothing.
 */
export function piecesOf({ from, to }: Interval, { units, now }: Counting): Piece[] {
  if (from >= to) return [];
  const [unit, ...smaller] = units;
  if (!unit) return [{ source: 'events', from, to, sign: 1 }];
  const inner = { from: ceilTo(from, kept[unit]), to: floorTo(to, kept[unit]) };
  const outer = { from: floorTo(from, kept[unit]), to: ceilTo(to, kept[unit]) };
  const rest = { units: smaller, now };
  const before = { from: outer.from, to: from };
  const behind = { from: to, to: outer.to };
  if (inner.from > inner.to) {
    const isShorter = length({ from, to }, now) <= length(before, now) + length(behind, now);
    if (isShorter) return piecesOf({ from, to }, rest);
    const less = [...piecesOf(before, rest), ...piecesOf(behind, rest)].map(negated);
    return [{ source: unit, ...outer, sign: 1 }, ...less];
  }
  const head = shorter({ from, to: inner.from }, before, rest);
  const tail = shorter({ from: inner.to, to }, behind, rest);
  const whole = { from: head.isLess ? outer.from : inner.from, to: tail.isLess ? outer.to : inner.to };
  const pieces = [...head.pieces, ...tail.pieces];
  return whole.from < whole.to ? [{ source: unit, ...whole, sign: 1 }, ...pieces] : pieces;
}

/** What is within is counted, or what is beyond taken away again. */
function shorter(within: Interval, beyond: Interval, rest: Counting): { isLess: boolean; pieces: Piece[] } {
  const isLess = length(within, rest.now) > length(beyond, rest.now);
  return { isLess, pieces: isLess ? piecesOf(beyond, rest).map(negated) : piecesOf(within, rest) };
}

function negated(piece: Piece): Piece {
  return { ...piece, sign: piece.sign === 1 ? -1 : 1 };
}

function length({ from, to }: Interval, now: Micros): Micros {
  return from < now ? min(to, now) - from : 0n;
}

const min = (one: Micros, other: Micros) => (one < other ? one : other);

/** The beginnings of the units that the intervals lie in, each once. */
export function unitsTouched(intervals: readonly Interval[], unit: Kept): Micros[] {
  const touched = new Set<Micros>();
  for (const { from, to } of intervals) {
    for (let start = floorTo(from, kept[unit]); start < to; start += kept[unit]) touched.add(start);
  }
  return [...touched];
}
