import { describe, expect, it } from 'vitest';
import { Timestamp, timestampFault } from './timestamp.js';

describe('Timestamp', () => {
  it.each([
    '2026-01-31T10:35:00Z',
    '2026-01-31t10:35:00z',
    '2026-01-31T10:35:00.123456789Z',
    '2026-01-31T10:35:00+14:00',
    '2026-01-31T10:35:00-00:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999Z',
  ])('takes %s', (text) => {
    expect(Timestamp.safeParse(text).success).toBe(true);
  });

  it.each([
    ['2026-02-30T00:00:00Z', /no such day/],
    ['2026-02-29T00:00:00Z', /no such day/],
    ['1900-02-29T00:00:00Z', /no such day/],
    ['2026-13-01T00:00:00Z', /month/],
    ['2026-00-01T00:00:00Z', /month/],
    ['2026-01-00T00:00:00Z', /no such day/],
    ['0000-01-01T00:00:00Z', /0000/],
    ['2026-01-31T10:35:60Z', /RFC 3339/],
    ['2026-01-31T24:00:00Z', /RFC 3339/],
    ['2026-01-31T10:35Z', /RFC 3339/],
    ['2026-01-31T10:35:00', /RFC 3339/],
    ['2026-01-31 10:35:00Z', /RFC 3339/],
    ['2026-01-31', /RFC 3339/],
    ['+010000-01-01T00:00:00Z', /RFC 3339/],
    ['-0001-01-01T00:00:00Z', /RFC 3339/],
    ['infinity', /RFC 3339/],
    ['now', /RFC 3339/],
    ['1', /RFC 3339/],
    ['', /RFC 3339/],
    ['2026-01-31T10:35:00+1400', /RFC 3339/],
    ['2026-01-31T10:35:00.Z', /RFC 3339/],
    ['٢٠٢٦-01-31T10:35:00Z', /RFC 3339/],
  ])('refuses %s with the reason', (text, reason) => {
    expect(timestampFault(text)).toMatch(reason);
  });
});
