import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, dateText, hour, microsOf, microsText, millisOf, quarter } from './micros.js';
import { type Kept, type Piece, piecesOf, unitsTouched } from './pieces.js';

const first = microsOf('0001-01-01T00:00:00Z');
const last = microsOf('9999-12-31T23:59:59.999999Z');
const interval = fc
  .tuple(
    fc.bigInt(first, last),
    fc.bigInt(0n, 10n),
    fc.constantFrom(1n, 1_000_000n, 700_000_000n, 8n * 3_600_000_000n, day),
  )
  .map(([from, count, unit]) => ({ from, to: from + count * unit }));
const units = fc.constantFrom<readonly Kept[]>([], ['days'], ['quarters'], ['days', 'hours', 'quarters']);
const lengths = { days: day, hours: hour, quarters: quarter, events: 1n };

/** How often each stretch between the edges of the pieces is counted. */
function timesCounted(pieces: readonly Piece[]): { from: bigint; to: bigint; times: number }[] {
  const edges = [...new Set(pieces.flatMap(({ from, to }) => [from, to]))].sort((a, b) => (a < b ? -1 : 1));
  return edges.slice(0, -1).map((from, n) => {
    const to = edges[n + 1] ?? from;
    const over = pieces.filter((piece) => piece.from <= from && to <= piece.to);
    return { from, to, times: over.reduce((sum, { sign }) => sum + sign, 0) };
  });
}

describe('pieces', () => {
  it('add up to exactly the interval, and those of kept counts are whole units of UTC', () => {
    fc.assert(
      fc.property(interval, units, fc.bigInt(first, last), (interval, units, now) => {
        const pieces = piecesOf(interval, { units, now });
        for (const { source, from, to } of pieces) {
          expect(to > from).toBe(true);
          expect([from % lengths[source], to % lengths[source]]).toEqual([0n, 0n]);
        }
        const counted = timesCounted(pieces).filter(({ times }) => times !== 0);
        expect(counted.every(({ times }) => times === 1)).toBe(true);
        expect([counted[0]?.from, counted.at(-1)?.to]).toEqual(
          interval.from < interval.to ? [interval.from, interval.to] : [undefined, undefined],
        );
        expect(counted.every(({ from }, n) => n === 0 || from === counted[n - 1]?.to)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('leave of the past no more to read than half of a unit at each end', () => {
    fc.assert(
      fc.property(
        interval,
        fc.constantFrom<Kept>('days', 'hours', 'quarters'),
        fc.bigInt(first, last),
        (interval, unit, now) => {
          const edges = piecesOf(interval, { units: [unit], now }).filter(
            ({ source }) => source === 'events',
          );
          const past = edges.map(({ from, to }) => (from < now ? (to < now ? to : now) - from : 0n));
          expect(past.reduce((sum, length) => sum + length, 0n) <= lengths[unit]).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('take days where days are whole, hours and quarters at their sides and events at the edges', () => {
    const at = (text: string) => microsOf(`2026-01-${text}:00Z`);
    const pieces = piecesOf(
      { from: at('01T22:40'), to: at('04T01:20') },
      { units: ['days', 'hours', 'quarters'], now: at('09T00:00') },
    );
    expect(pieces.map(({ source, sign, from, to }) => [source, sign, from, to])).toEqual([
      ['days', 1, at('02T00:00'), at('04T00:00')],
      ['hours', 1, at('01T23:00'), at('02T00:00')],
      ['quarters', 1, at('01T22:45'), at('01T23:00')],
      ['events', 1, at('01T22:40'), at('01T22:45')],
      ['hours', 1, at('04T00:00'), at('04T01:00')],
      ['quarters', 1, at('04T01:00'), at('04T01:15')],
      ['events', 1, at('04T01:15'), at('04T01:20')],
    ]);
  });

  it('take a whole day less its rest when that is shorter, or not yet there', () => {
    const at = (text: string) => microsOf(`2026-01-${text}:00Z`);
    const days = (now: string) =>
      piecesOf({ from: at('01T03:00'), to: at('03T09:00') }, { units: ['days'], now: at(now) });
    const yesterday = { source: 'days', sign: 1, from: at('01T00:00') };
    const early = { source: 'events', sign: -1, from: at('01T00:00'), to: at('01T03:00') };
    expect(days('09T00:00')).toEqual([
      { ...yesterday, to: at('03T00:00') },
      early,
      { source: 'events', sign: 1, from: at('03T00:00'), to: at('03T09:00') },
    ]);
    expect(days('03T09:00')).toEqual([
      { ...yesterday, to: at('04T00:00') },
      early,
      { source: 'events', sign: -1, from: at('03T09:00'), to: at('04T00:00') },
    ]);
  });

  it('know the units that they lie in', () => {
    const at = (time: string) => microsOf(`2026-01-01T${time}Z`);
    const intervals = [
      { from: at('00:10:00'), to: at('01:00:00') },
      { from: at('00:59:00'), to: at('01:00:00.000001') },
    ];
    expect(unitsTouched(intervals, 'hours')).toEqual([at('00:00:00'), at('01:00:00')]);
    expect(unitsTouched(intervals, 'days')).toEqual([at('00:00:00')]);
  });
});

describe('instants', () => {
  it('are read and told to the microsecond', () => {
    fc.assert(
      fc.property(fc.bigInt(first, last), (instant) => {
        expect(microsOf(microsText(instant))).toBe(instant);
        expect(microsText(instant).startsWith(dateText(instant))).toBe(true);
        expect(new Date(millisOf(instant)).toISOString().slice(0, 23)).toBe(microsText(instant).slice(0, 23));
      }),
    );
    expect(microsText(microsOf('2026-01-31t11:35:00.1234567+01:00'))).toBe('2026-01-31T10:35:00.123456Z');
  });
});
