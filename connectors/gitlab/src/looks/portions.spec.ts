import { describe, expect, it } from 'vitest';
import type { ChangedPage } from './changed-pages.js';
import { portions } from './portions.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 9, 0, second)).toISOString();
const item = (second: number) => ({ updated_at: at(second) });
const round = { beginning: at(0) };

async function portionsOf(...pages: ChangedPage[]) {
  async function* all() {
    yield* pages;
  }
  const found: ChangedPage[] = [];
  for await (const portion of portions(all(), round, undefined)) found.push(portion);
  return found;
}

describe('portions of what has changed', () => {
  it('are each a place to go on from', async () => {
    const items = Array.from({ length: 60 }, (_, second) => item(second));
    const found = await portionsOf({ items, last: true, mark: { high: at(59), etag: 'x' } });
    expect(found.map(({ items: { length }, last, mark }) => [length, last, mark])).toEqual([
      [25, false, { high: at(24) }],
      [25, false, { high: at(49) }],
      [10, true, { high: at(59), etag: 'x' }],
    ]);
  });

  it('have all of the items, and the last page as it was where it is short or empty', async () => {
    const full = {
      items: Array.from({ length: 50 }, (_, second) => item(second)),
      last: false,
      mark: { high: at(49) },
    };
    const empty = { items: [], last: true, mark: { high: at(49) } };
    const found = await portionsOf(full, empty);
    expect(found.map(({ items }) => items.length)).toEqual([25, 25, 0]);
    expect(found.at(-1)).toEqual(empty);
  });

  it('go no further than their page, and no further than what can be read', async () => {
    const odd = [item(999), ...Array.from({ length: 24 }, () => null), item(9)];
    const found = await portionsOf({ items: odd, last: true, mark: { high: at(10) } });
    expect(found.map(({ mark }) => mark.high)).toEqual([at(0), at(10)]);
  });
});
