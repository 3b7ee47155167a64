import { expect, it } from 'vitest';
import { signedOffset } from './signed-offset.js';

it.each([
  [-252_000, '−4 m 12 s'],
  [12_400, '+12 s'],
  [0, '±0 s'],
  [-499, '±0 s'],
  [3_600_000, '+1 h'],
  [3_605_000, '+1 h'],
  [-90_061_000, '−1 d 1 h'],
])('%i ms are %s', (ms, text) => {
  expect(signedOffset(ms)).toBe(text);
});
