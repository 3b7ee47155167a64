import { describe, expect, it } from 'vitest';
import { itemsOf } from './items.js';
import { rowAt } from './testing.js';

describe('itemsOf', () => {
  it('puts one line above each day, in the zone that is shown', () => {
    const rows = [
      rowAt('c', 1, { timestamp: '2026-11-24T00:00:00.000000Z' }),
      rowAt('b', 1, { timestamp: '2026-11-23T23:59:59.999999Z' }),
      rowAt('a', 1, { timestamp: '2026-11-21T12:00:00.000000Z' }),
    ];
    expect(
      itemsOf(rows, 'utc').map((item) =>
        item.kind === 'row' ? item.id : new Date(item.startMs).toISOString(),
      ),
    ).toEqual([
      '2026-11-24T00:00:00.000Z',
      'c',
      '2026-11-23T00:00:00.000Z',
      'b',
      '2026-11-21T00:00:00.000Z',
      'a',
    ]);
  });

  it('has nothing to show for no rows', () => {
    expect(itemsOf([], 'utc')).toEqual([]);
  });
});
