import { describe, expect, it } from 'vitest';
import { layOut } from './items.js';
import { minute } from './testing.js';
import { foldAt, heirOf, rowFrom } from './use-layout.js';

const none: ReadonlySet<string> = new Set();
const how = { grouping: 'none', zone: 'utc', isFolded: true, fresh: none, isWhole: true } as const;
const head = minute(99, { subject: 's' });
const rows = [head, minute(60, { title: 'One' }), minute(40, { subject: 't' }), minute(20, { title: 'Two' })];

describe('heirOf', () => {
  it('is the fold that holds a member again', () => {
    const all = [head, minute(98, { subject: 's' })];
    const open = layOut(all, { ...how, open: new Set(['98']) });
    expect(heirOf('98', open, layOut(all, { ...how, open: none }))).toBe('99');
  });

  it('is a neighbour, not the distant fold that a further page made larger', () => {
    const before = layOut(rows, { ...how, open: none });
    const now = layOut(
      rows.map((row) => (row.id === '40' ? { ...row, subject: 's' } : row)),
      { ...how, open: none },
    );
    expect(heirOf('40', before, now)).toBe('20');
    expect(heirOf('60', before, now)).toBeUndefined();
  });
});

describe('foldAt', () => {
  it('is that of the row, or the one above the member', () => {
    const all = [head, minute(98, { subject: 's' }), minute(1, { title: 'Alone' })];
    const open = layOut(all, { ...how, open: new Set(['98']) });
    const ids = (id: string) => foldAt(open, id)?.rows.map((row) => row.id);
    expect(['99', '98', '1', 'absent'].map(ids)).toEqual([['99', '98'], ['99', '98'], undefined, undefined]);
  });
});

describe('rowFrom', () => {
  it('passes over what is no row, and ends at the ends', () => {
    const { items, placeOf, headings } = layOut(rows, { ...how, grouping: 'day', open: none });
    const layout = { items, placeOf, headings };
    expect(rowFrom(layout, 0, 1)).toBe('99');
    expect(rowFrom(layout, items.length - 1, -1)).toBe('20');
    expect(rowFrom(layout, 0, -1)).toBeUndefined();
  });
});
