import { describe, expect, it } from 'vitest';
import { Touched } from './touched.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 9, 0, second)).toISOString();

describe('what was touched', () => {
  it('is known by when that was', () => {
    const touched = new Touched([[1, Date.parse(at(0))]]);
    touched.add(2, at(5));
    expect([
      touched.has(1, at(0)),
      touched.has(2, at(5)),
      touched.has(2, at(6)),
      touched.has(3, at(0)),
    ]).toEqual([true, true, false, false]);
  });

  it('is forgotten once no list shows it again', () => {
    const touched = new Touched();
    touched.add(1, at(0));
    touched.add(2, at(900));
    expect(touched.state({ high: at(900), etag: 'x' })).toEqual({
      high: at(900),
      etag: 'x',
      touched: [[2, Date.parse(at(900))]],
    });
  });

  it('lets nothing be shown again that was too much to remember', () => {
    const touched = new Touched();
    for (let iid = 1; iid <= 600; iid += 1) touched.add(iid, at(iid));
    const { from, touched: kept, etag } = touched.state({ high: at(600), etag: 'x' });
    expect([from, kept.length, kept[0]?.[0], etag]).toEqual([at(101), 500, 101, undefined]);
  });
});
