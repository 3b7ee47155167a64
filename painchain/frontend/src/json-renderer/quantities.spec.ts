import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSeconds, formatBytes, formatDuration, quantityBytes } from './quantities.js';
import { labelOf, lastWord, wordsOf } from './words.js';

describe('quantities', () => {
  it.each([
    ['PT3M54S', 234],
    ['P1DT2H', 93_600],
    ['1h2m3s', 3_723],
    ['250ms', 0.25],
    ['1h 2m', undefined],
    ['500m', undefined],
    ['P', undefined],
    ['PT', undefined],
    ['5', undefined],
    ['5 apples', undefined],
  ])('reads the duration %s as %s seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  it.each([
    [234, '3 m 54 s'],
    [0, '0 s'],
    [0.25, '250 ms'],
    [3_600, '1 h'],
    [90_061, '1 d 1 h'],
    [-61, '−1 m 1 s'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('reads and writes sizes', () => {
    expect(quantityBytes('512Mi')).toBe(512 * 2 ** 20);
    expect(quantityBytes('512M')).toBeUndefined();
    expect(formatBytes(512 * 2 ** 20)).toBe('512 MiB');
    expect(formatBytes(1_000)).toBe('1000 B');
  });

  it('writes any number without throwing', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(formatDuration(value)).not.toBe('');
        expect(formatBytes(value)).not.toBe('');
      }),
    );
  });
});

describe('words of a key', () => {
  it('splits snake, kebab and camel case', () => {
    expect(wordsOf('HTMLUrl-of_theThing')).toEqual(['html', 'url', 'of', 'the', 'thing']);
    expect(lastWord('startTime')).toBe('time');
    expect(lastWord('superuser_enabled')).toBe('enabled');
    expect(lastWord('')).toBe('');
  });

  it('labels an identifier and leaves anything else as it came', () => {
    expect(labelOf('pull_request')).toBe('Pull request');
    expect(labelOf('startTime')).toBe('Start time');
    expect(labelOf('app.example/name')).toBe('app.example/name');
  });
});
