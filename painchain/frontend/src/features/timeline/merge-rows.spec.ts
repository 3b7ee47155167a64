import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, mergeRows, withoutAged } from './merge-rows.js';
import { rowAt } from './testing.js';

const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

describe('mergeRows', () => {
  it('puts what arrives where its time belongs', () => {
    const pages = [rowAt('c', 30), rowAt('a', 10)];
    expect(ids(mergeRows(pages, [rowAt('b', 20), rowAt('d', 40)], false))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('puts the later arrival of one instant on top', () => {
    expect(ids(mergeRows([rowAt('a', 10)], [rowAt('b', 10), rowAt('c', 10)], false))).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it('shows each event once, however often it is told', () => {
    const pages = [rowAt('b', 20), rowAt('a', 10), rowAt('a', 10)];
    expect(ids(mergeRows(pages, [rowAt('b', 20), rowAt('c', 30), rowAt('c', 30)], false))).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it('leaves what lies below the loaded rows to the page that will bring it', () => {
    const pages = [rowAt('c', 30), rowAt('b', 20)];
    expect(ids(mergeRows(pages, [rowAt('a', 10)], true))).toEqual(['c', 'b']);
    expect(ids(mergeRows(pages, [rowAt('a', 10)], false))).toEqual(['c', 'b', 'a']);
  });

  it('leaves what lies above the loaded rows to the page that will bring it back', () => {
    const pages = [rowAt('c', 30), rowAt('a', 10)];
    expect(ids(mergeRows(pages, [rowAt('b', 20), rowAt('d', 40)], false, true))).toEqual(['c', 'b', 'a']);
  });

  it('tells microseconds apart', () => {
    const early = rowAt('a', 1, { timestamp: '2026-11-24T10:35:01.000001Z' });
    const late = rowAt('b', 1, { timestamp: '2026-11-24T10:35:01.000002Z' });
    expect(ids(mergeRows([early], [late], false))).toEqual(['b', 'a']);
  });

  it('is always sorted and complete', () => {
    const numbered = fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 30 });
    fc.assert(
      fc.property(numbered, numbered, (loaded, arrived) => {
        const pages = loaded.toSorted((a, b) => b - a).map((second, index) => rowAt(`p${index}`, second));
        const tail = arrived.map((second, index) => rowAt(`t${index}`, second));
        const merged = mergeRows(pages, tail, false);
        const times = merged.map((row) => row.timestamp);
        expect(times).toEqual(times.toSorted().reverse());
        expect(new Set(ids(merged))).toEqual(new Set([...ids(pages), ...ids(tail)]));
        expect(merged).toHaveLength(pages.length + tail.length);
      }),
    );
  });
});

describe('isWithin', () => {
  it('includes the beginning and leaves out the end', () => {
    const row = rowAt('a', 10);
    const at = Date.parse(row.timestamp);
    expect(isWithin(row, { fromMs: at })).toBe(true);
    expect(isWithin(row, { toMs: at })).toBe(false);
    expect(isWithin(row, {})).toBe(true);
  });
});

describe('withoutAged', () => {
  it('drops what has become too old, and gives the same list while nothing has', () => {
    const rows = [rowAt('c', 30), rowAt('b', 20), rowAt('a', 10)];
    const at = (row: number) => Date.parse(rows[row]?.timestamp ?? '');
    expect(ids(withoutAged(rows, at(1)))).toEqual(['c', 'b']);
    expect(withoutAged(rows, at(2))).toBe(rows);
    expect(withoutAged(rows, at(0) + 1)).toEqual([]);
  });
});
