import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { instantMs, plus, startOf, type Unit, unitOf } from './moments.js';

const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
const units: Unit[] = ['s', 'm', 'h', 'd', 'w', 'M', 'y'];
// Summer time came at midnight in São Paulo until 2019.
const instants = fc.integer({
  min: Date.parse('2015-01-01T00:00:00Z'),
  max: Date.parse('2027-01-01T00:00:00Z'),
});

afterEach(() => void vi.unstubAllEnvs());

describe('the calendar', () => {
  it.each(zones)('begins each unit in %s at or before any instant in it, once', (zone) => {
    vi.stubEnv('TZ', zone);
    fc.assert(
      fc.property(instants, fc.constantFrom(...units), (ms, unit) => {
        const start = startOf(unit, ms, 'local');
        expect(start).toBeLessThanOrEqual(ms);
        expect(startOf(unit, start, 'local')).toBe(start);
        expect(plus(start, 1, unit, 'local')).toBeGreaterThan(ms);
      }),
      { numRuns: 300 },
    );
  });

  it('has days of 23 and of 25 hours', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const days = (day: string) => {
      const start = startOf('d', Date.parse(`${day}T12:00:00Z`), 'local');
      return (plus(start, 1, 'd', 'local') - start) / 3_600_000;
    };
    expect([days('2026-03-29'), days('2026-10-25'), days('2026-06-01')]).toEqual([23, 25, 24]);
  });

  it('keeps a month from running into the next', () => {
    const at = (day: string, count: number, unit: Unit) =>
      new Date(plus(Date.parse(`${day}T10:35:00Z`), count, unit, 'utc')).toISOString().slice(0, 10);
    expect(at('2026-01-31', 1, 'M')).toBe('2026-02-28');
    expect(at('2026-03-31', -13, 'M')).toBe('2025-02-28');
    expect(at('2028-02-29', 1, 'y')).toBe('2029-02-28');
    expect(at('2026-11-30', 1, 'w')).toBe('2026-12-07');
  });

  it('tells minutes from months', () => {
    expect(['m', 'min', 'Minutes', 'M', 'mo', 'MONTHS', 'sec', 'x'].map(unitOf)).toEqual([
      'm',
      'm',
      'm',
      'M',
      'M',
      'M',
      's',
      undefined,
    ]);
  });
});

describe('instantMs', () => {
  it('does not roll a day that is not there over to the next month', () => {
    expect(instantMs('2026-02-29', 'utc')).toBeUndefined();
    expect(instantMs('2028-02-29', 'utc')).toBe(Date.parse('2028-02-29T00:00:00Z'));
  });

  it.each(['0000-01-01', '9999-12-31T23:59:59-10:00', '2026-01-01T25:00', '12345', '1e12', ''])(
    'knows no instant %j',
    (text) => {
      expect(instantMs(text, 'utc')).toBeUndefined();
    },
  );
});
