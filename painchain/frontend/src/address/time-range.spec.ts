import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type Bounds,
  boundsOf,
  endsInFuture,
  parseRangeText,
  rangeText,
  relativeBounds,
} from './time-range.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const hour = 3_600_000;

/** Half an hour of it is shown twice on one day of the year, and one hour of another never. */
const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'];
const instants = fc.integer({
  min: Date.parse('2026-01-01T00:00:00Z'),
  max: Date.parse('2027-01-01T00:00:00Z'),
});

afterEach(() => void vi.unstubAllEnvs());

const read = (text: string): Bounds | string => {
  const parsed = parseRangeText(text, now, 'utc');
  return 'range' in parsed ? boundsOf(parsed.range, now, 'utc') : parsed.fault;
};
const stretch = (from: string, to?: string): Bounds => ({
  fromMs: Date.parse(`${from}Z`),
  ...(to !== undefined && { toMs: Date.parse(`${to}Z`) }),
});

describe('parseRangeText', () => {
  it.each([
    ['', {}],
    ['any time', {}],
    ['24h', { range: '24h' }],
    ['30 m', { range: '30m' }],
    ['3M', { range: '3M' }],
    ['now-1h', { range: '1h' }],
    ['last 7d', { range: '7d' }],
    ['last 2 hours', { range: '2h' }],
    ['the past 3 Months', { range: '3M' }],
    ['last hour', { range: '1h' }],
    ['2 hours ago', { range: '2h' }],
    ['Yesterday', { range: 'yesterday' }],
    ['this  week', { range: 'this week' }],
    ['now - 1d / d', { range: 'now-1d/d' }],
    ['now-2h to now-1h', { range: 'now-2h - now-1h' }],
    ['now - 2h - now - 1h', { range: 'now-2h - now-1h' }],
    ['now-1d/d..now', { range: 'now-1d/d' }],
    ['2026-01-31', { from: '2026-01-31T00:00:00.000Z' }],
    ['since 2026-01-31', { from: '2026-01-31T00:00:00.000Z' }],
    ['until 2026-01-31', { to: '2026-01-31T00:00:00.000Z' }],
    ['2026-01-31 10:35', { from: '2026-01-31T10:35:00.000Z' }],
    ['2026-01-31T10:35:00+02:00', { from: '2026-01-31T08:35:00.000Z' }],
    ['1700000000', { from: '2023-11-14T22:13:20.000Z' }],
    ['2026-11-24 - now', { from: '2026-11-24T00:00:00.000Z' }],
  ])('reads %j', (text, range) => {
    expect(parseRangeText(text, now, 'utc')).toEqual({ range });
  });

  it.each([
    ['2026-01-31 10:00 - 2026-01-31 11:00', stretch('2026-01-31T10:00', '2026-01-31T11:00')],
    ['from 2026-01-31 10:00 to 2026-01-31 11:00', stretch('2026-01-31T10:00', '2026-01-31T11:00')],
    ['2026-01-31..2026-02-01', stretch('2026-01-31T00:00', '2026-02-01T00:00')],
    ['1700000000 - 1700000060000', { fromMs: 1_700_000_000_000, toMs: 1_700_000_060_000 }],
    ['2026-11-23 10:30 - 10:40', stretch('2026-11-23T10:30', '2026-11-23T10:40')],
    ['2026-11-23 23:50 - 0:10', stretch('2026-11-23T23:50', '2026-11-24T00:10')],
    ['10:30 - 10:40', stretch('2026-11-24T10:30', '2026-11-24T10:40')],
    ['11:50 – 12:10', stretch('2026-11-24T11:50', '2026-11-24T12:10')],
    ['12:10 - 12:20', stretch('2026-11-23T12:10', '2026-11-23T12:20')],
    ['10:35', stretch('2026-11-24T10:35')],
    ['12:00:01', stretch('2026-11-23T12:00:01')],
    ['yesterday 22:00 - today 9:30', stretch('2026-11-23T22:00', '2026-11-24T09:30')],
    ['now/w', stretch('2026-11-23T00:00')],
    ['now/M', stretch('2026-11-01T00:00')],
    ['now-1d/d - now-1d/d', stretch('2026-11-23T00:00', '2026-11-24T00:00')],
    ['now/d+10h - now/h', stretch('2026-11-24T10:00', '2026-11-24T13:00')],
    ['now-25h/h', stretch('2026-11-23T11:00')],
  ])('takes %j for that stretch', (text, bounds) => {
    expect(read(text)).toEqual(bounds);
  });

  it.each([
    'soon',
    '0h',
    '24',
    '5 apples',
    '2026-02-30',
    '2026-13-01',
    '12h - soon',
    '25:00',
    '-1h',
    'now/x',
  ])('says that %j is not understood', (text) => {
    expect(read(text)).toMatch(/^“.*” is no time/);
  });

  it('names the half that is not understood', () => {
    expect(read('10:30 - soon')).toMatch('“soon”');
    expect(read('soon - 10:30')).toMatch('“soon”');
  });

  it.each(['2026-02-02 - 2026-02-01', 'now-1h - now-2h', '2026-02-02 - 2026-02-02'])(
    'refuses %j, whose end lies before its beginning',
    (text) => {
      expect(read(text)).toMatch('before the beginning');
    },
  );

  it('never throws, and what it gives is in order', () => {
    const part = fc.constantFrom(
      'now',
      '-',
      '/',
      ' - ',
      '1',
      '99999',
      'd',
      'M',
      'h',
      ' ',
      '..',
      '10:30',
      'last',
      'until',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 9 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('utc' as const, 'local' as const), (text, zone) => {
        const parsed = parseRangeText(text, now, zone);
        if (!('range' in parsed)) return;
        const { fromMs = -Infinity, toMs = Infinity } = boundsOf(parsed.range, now, zone);
        expect(fromMs).toBeLessThan(toMs);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('rangeText', () => {
  it.each([
    [{ from: '2026-01-31T10:35:00.000Z' }, '2026-01-31 10:35'],
    [
      { from: '2026-01-31T10:35:00.000Z', to: '2026-01-31T10:35:00.250Z' },
      '2026-01-31 10:35 - 2026-01-31 10:35:00.250',
    ],
    [{ to: '2026-01-31T10:35:04.000Z' }, 'until 2026-01-31 10:35:04'],
    [{ range: 'now-1d/d' }, 'now-1d/d'],
    [{}, ''],
  ])('writes %j as people type it', (range, text) => {
    expect(rangeText(range, 'utc')).toBe(text);
  });

  it.each(zones)('can be read again in %s, also in an hour that a clock shows twice', (zone) => {
    vi.stubEnv('TZ', zone);
    const twice = Date.parse('2026-10-25T00:30:00Z');
    const moments = fc.oneof(instants, fc.integer({ min: twice, max: twice + 2 * hour }));
    fc.assert(
      fc.property(moments, moments, fc.nat(2), (one, other, ends) => {
        fc.pre(one !== other);
        const range = {
          ...(ends !== 0 && { from: new Date(Math.min(one, other)).toISOString() }),
          ...(ends !== 1 && { to: new Date(Math.max(one, other)).toISOString() }),
        };
        expect(parseRangeText(rangeText(range, 'local'), now, 'local')).toEqual({ range });
      }),
    );
  });

  it('of relative text is the same stretch', () => {
    const math = fc
      .tuple(
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom('s', 'm', 'h', 'd', 'w', 'M', 'y'),
        fc.boolean(),
      )
      .map(([count, unit, isRounded]) => `now-${count}${unit}${isRounded ? `/${unit}` : ''}`);
    fc.assert(
      fc.property(math, math, instants, (from, to, now) => {
        const parsed = parseRangeText(`${from} - ${to}`, now, 'utc');
        if ('fault' in parsed) return;
        const again = parseRangeText(rangeText(parsed.range, 'utc'), now, 'utc');
        expect(again).toEqual(parsed);
        expect(parsed.range.range).toBeDefined();
      }),
    );
  });
});

describe('bounds', () => {
  it('of a relative range move with the clock', () => {
    expect(boundsOf({ range: '1h' }, now, 'utc')).toEqual({ fromMs: now - hour });
    expect(boundsOf({ range: '1h' }, now + hour, 'utc')).toEqual({ fromMs: now });
  });

  it('of yesterday are that day in the zone that is shown, however long it was', () => {
    expect(relativeBounds('yesterday', now, 'utc')).toEqual(stretch('2026-11-23T00:00', '2026-11-24T00:00'));
    vi.stubEnv('TZ', 'Europe/Berlin');
    const yesterday = (day: string) => relativeBounds('yesterday', Date.parse(`${day}T12:00:00Z`), 'local');
    expect(yesterday('2026-10-26')).toEqual(stretch('2026-10-24T22:00', '2026-10-25T23:00'));
    expect(yesterday('2026-03-30')).toEqual(stretch('2026-03-28T23:00', '2026-03-29T22:00'));
  });

  it('are never upside down, whatever the hour', () => {
    const midnight = Date.parse('2026-11-24T00:30:00Z');
    expect(relativeBounds('now/d - now-1h', midnight, 'utc')).toEqual(
      stretch('2026-11-24', '2026-11-24T00:00:00.001'),
    );
    expect(relativeBounds('now/d - now-1h', 0, 'utc')).toBeDefined();
  });

  it('tell whether anything new can still come', () => {
    expect(endsInFuture({}, now)).toBe(true);
    expect(endsInFuture({ toMs: now - 1 }, now)).toBe(false);
  });
});
