import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowest, widest, widthByKey, widthOf } from './detail-width.js';

describe('the width of the panel', () => {
  it.each([
    [undefined, 420],
    ['', 420],
    ['wide', 420],
    ['NaN', 420],
    ['Infinity', 420],
    ['500.4', 500],
    ['10', 320],
    ['5000', 900],
  ])('of %j is %d', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('grows to the left, where its edge is', () => {
    expect(widthByKey(420, 'ArrowLeft')).toBe(440);
    expect(widthByKey(420, 'ArrowRight')).toBe(400);
    expect(widthByKey(420, 'Home')).toBe(narrowest);
    expect(widthByKey(420, 'End')).toBe(widest);
    expect(widthByKey(420, 'ArrowUp')).toBeUndefined();
  });

  it('stays within its bounds, whatever is stored and pressed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
        for (const key of ['ArrowLeft', 'ArrowRight']) {
          const width = widthByKey(widthOf(text), key) ?? Number.NaN;
          expect(width >= narrowest && width <= widest).toBe(true);
        }
      }),
    );
  });
});
