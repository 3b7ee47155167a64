import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, dateText, microsOf, microsText, millisOf, quarterHour } from './micros.js';
import { type Kept, piecesOf, unitsTouched } from './pieces.js';

const first = microsOf('0001-01-01T00:00:00Z');
const last = microsOf('9999-12-31T23:59:59.999999Z');
const interval = fc
  .tuple(
    fc.bigInt(first, last),
    fc.bigInt(0n, 10n),
    fc.constantFrom(1n, 1_000_000n, 700_000_000n, 8n * 3_600_000_000n, day),
  )
  .map(([from, count, unit]) => ({ from, to: from + count * unit }));
const units = fc.constantFrom<readonly Kept[]>([], ['days'], ['slots'], ['days', 'slots']);
const lengths = { days: day, slots: quarterHour, events: 1n };

describe('pieces', () => {
  it('are exactly the interval, and those of kept counts are whole units of UTC', () => {
    fc.assert(
      fc.property(interval, units, (interval, units) => {
        const pieces = piecesOf(interval, units);
        expect(pieces.length).toBeLessThanOrEqual(5);
        let end = interval.from;
        for (const { source, from, to } of pieces) {
          expect(from).toBe(end);
          expect(to > from).toBe(true);
          expect([from % lengths[source], to % lengths[source]]).toEqual([0n, 0n]);
          end = to;
        }
        expect(end).toBe(interval.to);
        // Nothing that is kept is read from the events.
        for (const { source, from, to } of pieces) {
          if (source !== 'events') continue;
          for (const unit of units) expect(to - from < 2n * lengths[unit]).toBe(true);
        }
      }),
    );
  });

  it('take days where days are whole, quarters at their sides and events at the edges', () => {
    const range = { from: microsOf('2026-01-01T23:40:00Z'), to: microsOf('2026-01-04T00:20:00Z') };
    expect(
      piecesOf(range, ['days', 'slots']).map(({ source, from }) => [source, microsText(from).slice(0, 16)]),
    ).toEqual([
      ['events', '2026-01-01T23:40'],
      ['slots', '2026-01-01T23:45'],
      ['days', '2026-01-02T00:00'],
      ['slots', '2026-01-04T00:00'],
      ['events', '2026-01-04T00:15'],
    ]);
  });

  it('know the units that they lie in', () => {
    const at = (time: string) => microsOf(`2026-01-01T${time}Z`);
    const intervals = [
      { from: at('00:10:00'), to: at('00:15:00') },
      { from: at('00:14:00'), to: at('00:15:00.000001') },
    ];
    expect(unitsTouched(intervals, 'slots')).toEqual([at('00:00:00'), at('00:15:00')]);
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
