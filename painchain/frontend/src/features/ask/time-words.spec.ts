import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readWords } from './time-words.js';

// A Tuesday.
const now = Date.parse('2026-11-24T12:00:00Z');

afterEach(() => void vi.unstubAllEnvs());

describe('a time in words', () => {
  it.each([
    ['last monday at noon', { from: '2026-11-23T12:00:00.000Z' }],
    ['20 November 2026 10:00 to 11:30', { from: '2026-11-20T10:00:00.000Z', to: '2026-11-20T11:30:00.000Z' }],
    ['Nov 3, 2026 4pm', { from: '2026-11-03T16:00:00.000Z' }],
  ])('is read: %s', (text, range) => {
    expect(readWords(text, now, 'utc')).toEqual(range);
  });

  it('is meant in the zone that is shown', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(readWords('Nov 3, 2026 4pm', now, 'local')).toEqual({ from: '2026-11-03T15:00:00.000Z' });
    expect(readWords('Jul 3, 2026 4pm', now, 'local')).toEqual({ from: '2026-07-03T14:00:00.000Z' });
    expect(readWords('Jul 3, 2026 4pm', now, 'utc')).toEqual({ from: '2026-07-03T16:00:00.000Z' });
  });

  it.each(['soon', 'after the deploy on monday', ''])('is not guessed from %j', (text) => {
    expect(readWords(text, now, 'utc')).toBeUndefined();
  });

  it('never throws, and is in order', () => {
    const word = fc.constantFrom(
      'monday',
      'last',
      '10',
      'am',
      'to',
      '-',
      'june',
      '2026',
      ':',
      'now',
      'in',
      '99999',
      'years',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          const { from, to } = readWords(text, now, 'utc') ?? {};
          if (from !== undefined && to !== undefined) expect(Date.parse(from)).toBeLessThan(Date.parse(to));
        },
      ),
    );
  });
});
