import { describe, expect, it } from 'vitest';
import { RetentionPeriod } from '../config/retention-period.js';
import { cutoff } from './cutoff.js';

describe('cutoff', () => {
  it.each([
    ['90 days', '2026-11-24T10:35:00Z', '2026-08-26T10:35:00.000Z'],
    ['2 weeks', '2026-11-24T10:35:00Z', '2026-11-10T10:35:00.000Z'],
    ['18 months', '2026-11-24T10:35:00Z', '2025-05-24T10:35:00.000Z'],
    ['1 month', '2026-03-31T00:00:00Z', '2026-02-28T00:00:00.000Z'],
    ['1 year', '2028-02-29T23:59:59Z', '2027-02-28T23:59:59.000Z'],
    ['11 months', '2026-01-15T00:00:00Z', '2025-02-15T00:00:00.000Z'],
  ])('%s before %s is %s', (period, now, expected) => {
    expect(cutoff(RetentionPeriod.parse(period), new Date(now))?.toISOString()).toBe(expected);
  });

  it('is none when everything is kept', () => {
    expect(cutoff(RetentionPeriod.parse('off'), new Date())).toBeUndefined();
  });

  it.each(['', '18', '0 days', '-1 months', '1.5 years', 'eighteen months', '18 months ago'])(
    'refuses %j as a period',
    (text) => {
      expect(RetentionPeriod.safeParse(text).success).toBe(false);
    },
  );
});
