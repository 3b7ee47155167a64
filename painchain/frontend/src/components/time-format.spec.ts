import { describe, expect, it } from 'vitest';
import { clockTime, dayName, exactTime, relativeTime, roughDuration } from './time-format.js';

const at = Date.parse('2026-11-24T10:35:04Z');

describe('times', () => {
  it('are shown in the zone that was chosen, with its name', () => {
    expect(clockTime(at, 'utc')).toBe('10:35:04');
    expect(exactTime(at, 'utc')).toBe('24 Nov 2026, 10:35:04 UTC');
    expect(dayName(at, 'utc')).toMatch(/^Tuesday,? 24 November 2026$/);
  });

  it.each([
    [0, 'just now'],
    [12, '12 s ago'],
    [14 * 60, '14 min ago'],
    [7_200, '2 h ago'],
    [86_400 * 3, '3 d ago'],
    [86_400 * 800, '2 years ago'],
    [-90, 'in 1 min'],
  ])('%d seconds ago read as %s', (seconds, text) => {
    expect(relativeTime(at - seconds * 1_000, at)).toBe(text);
  });

  it('name a lag in one unit', () => {
    expect(roughDuration(840)).toBe('14 min');
  });
});
