import type { TimelineRow } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrangement, type Item, layOut, toggled } from './items.js';
import { anyRows, minute, rowAt } from './testing.js';

const none: ReadonlySet<string> = new Set();
const plain: Arrangement = {
  grouping: 'day',
  zone: 'utc',
  isFolded: true,
  open: none,
  fresh: none,
  isWhole: false,
};
const lay = (rows: TimelineRow[], how: Partial<Arrangement> = {}) => layOut(rows, { ...plain, ...how });
const word = (item: Item) =>
  item.kind === 'row'
    ? `${item.isMember ? '  ' : ''}${item.id}`
    : item.kind === 'heading'
      ? `[${item.id}]`
      : 'end';
const words = (rows: TimelineRow[], how: Partial<Arrangement> = {}) => lay(rows, how).items.map(word);

describe('layOut', () => {
  it('puts a heading above each day, in the zone that is shown', () => {
    const rows = [
      rowAt('c', 1, { timestamp: '2026-11-24T00:00:00.000000Z' }),
      rowAt('b', 1, { timestamp: '2026-11-23T23:59:59.999999Z' }),
      rowAt('a', 1, { timestamp: '2026-11-21T12:00:00.000000Z' }),
    ];
    const day = (date: number) => `[day ${Date.UTC(2026, 10, date)}]`;
    expect(words(rows, { isFolded: false })).toEqual([day(24), 'c', day(23), 'b', day(21), 'a']);
    // Oldest first the same, only the other way round.
    expect(words(rows.toReversed(), { isFolded: false })).toEqual([day(21), 'a', day(23), 'b', day(24), 'c']);
  });

  it('puts a heading above each group as the server sorted them', () => {
    const rows = [minute(3, { project: 'a' }), minute(9, { project: 'b' }), minute(8, { project: 'b' })];
    expect(words(rows, { grouping: 'project' })).toEqual(['[project a]', '3', '[project b]', '9']);
    expect(words(rows, { grouping: 'none' })).toEqual(['3', '9']);
  });

  it('folds within a section only', () => {
    const rows = [
      rowAt('b', 1, { timestamp: '2026-11-24T00:01:00.000000Z', subject: 's' }),
      rowAt('a', 1, { timestamp: '2026-11-23T23:59:00.000000Z', subject: 's' }),
    ];
    expect(words(rows, { grouping: 'none' })).toEqual(['b']);
    expect(words(rows)).toHaveLength(4);
  });

  it('has an end only where the server named one, and nothing for no rows', () => {
    expect(words([minute(1)], { grouping: 'none', isWhole: true })).toEqual(['1', 'end']);
    expect(words([], { isWhole: true })).toEqual([]);
  });

  it('shows what a fold is made of below it, while any of it is open', () => {
    const rows = [minute(3, { connector: 'a', subject: 's' }), minute(2, { connector: 'b', subject: 's' })];
    const [, head] = lay(rows).items;
    const fold = head?.kind === 'row' ? head.fold : undefined;
    expect(fold).toMatchObject({ isOpen: false, sources: 2 });
    const open = toggled(none, fold ?? expect.fail());
    expect(words(rows, { open }).slice(1)).toEqual(['3', '  2']);
    // A newer event takes the head, and the fold stays open.
    expect(words([minute(4, { subject: 's' }), ...rows], { open }).slice(1)).toEqual(['4', '  3', '  2']);
    const [, again] = lay(rows, { open }).items;
    expect(toggled(open, (again?.kind === 'row' && again.fold) || expect.fail()).size).toBe(0);
  });

  it('says where to find each row', () => {
    const rows = [minute(9), minute(3, { title: 'Other 1' }), minute(2, { title: 'Other 2' })];
    const { items, placeOf } = lay(rows);
    expect(items).toHaveLength(3);
    expect(['9', '3', '2'].map((id) => placeOf.get(id))).toEqual([1, 2, 2]);
  });

  it('leaves every fold where it is while fresh rows come in', () => {
    const rows = [minute(8, { title: 'Else' }), minute(3, { subject: 's' })];
    const late = [minute(9, { subject: 's' }), minute(8.5, { title: 'Else' })];
    const fresh = new Set(late.map(({ id }) => id));
    expect(words([...late, ...rows], { grouping: 'none', fresh })).toEqual(['9', '8.5', '8', '3']);
    expect(words([...late, ...rows], { grouping: 'none' })).toEqual(['9', '8.5']);
  });
});

describe('any layout', () => {
  const groupings = fc.constantFrom('day', 'none' as const);

  it('has every row in one place, and all of them when everything is open', () => {
    fc.assert(
      fc.property(anyRows, groupings, fc.boolean(), (rows, grouping, isFolded) => {
        const closed = lay(rows, { grouping, isFolded });
        const seen = closed.items.flatMap((item) =>
          item.kind === 'row' ? (item.fold?.rows ?? [item.row]) : [],
        );
        expect(seen.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        expect(closed.placeOf.size).toBe(rows.length);
        const open = new Set(rows.map(({ id }) => id));
        const opened = lay(rows, { grouping, isFolded, open }).items.filter(({ kind }) => kind === 'row');
        expect(opened.map(({ id }) => id).toSorted()).toEqual([...open].toSorted());
      }),
    );
  });

  it('is the same whether fresh rows came one by one or all at once', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (rows, cut) => {
        const fresh = new Set(rows.slice(0, rows.length === 0 ? 0 : cut % rows.length).map(({ id }) => id));
        const kept = rows.filter(({ id }) => !fresh.has(id));
        const of = (each: TimelineRow[]) =>
          lay(each, { grouping: 'none', fresh }).items.filter(({ id }) => !fresh.has(id));
        expect(of(rows).map(word)).toEqual(of(kept).map(word));
      }),
    );
  });
});
