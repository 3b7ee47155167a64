import { describe, expect, it } from 'vitest';
import { fullJitter } from './backoff.js';

describe('fullJitter', () => {
  it('doubles its bound from one second to one minute, for ever', () => {
    const bounds = [0, 1, 2, 3, 4, 5, 6, 7, 100, 1e9].map((attempt) => fullJitter(attempt, () => 1));
    expect(bounds).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1_000));
  });

  it('spreads a thousand connectors that lost the same backend over the whole minute', () => {
    const seconds = new Map<number, number>();
    for (let n = 0; n < 1_000; n += 1) {
      const second = Math.floor(fullJitter(20, Math.random) / 1_000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(seconds.size).toBeGreaterThan(55);
    expect(Math.max(...seconds.values())).toBeLessThan(50);
  });
});
