import { describe, expect, it } from 'vitest';
import { withRecent } from './recent-queries.js';

describe('recent queries', () => {
  it('have the last one first, once', () => {
    expect(withRecent(['a', 'b'], ' b ')).toEqual(['b', 'a']);
    expect(withRecent(['a'], ' ')).toEqual(['a']);
  });

  it('are twenty at most', () => {
    const many = Array.from({ length: 30 }, (_, index) => `q${index}`);
    const all = many.reduce<string[]>(withRecent, []);
    expect(all).toHaveLength(20);
    expect(all[0]).toBe('q29');
  });
});
