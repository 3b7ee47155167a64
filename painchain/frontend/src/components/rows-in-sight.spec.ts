import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsInSight } from './rows-in-sight.js';

describe('rowsInSight', () => {
  const heights = fc.constantFrom(24, 32, 56);

  it('leaves no place in sight empty, nor the next frame of a quick scroll', () => {
    fc.assert(
      fc.property(
        fc.nat(600_000),
        fc.integer({ min: 1, max: 2_000 }),
        heights,
        (scrolled, viewport, height) => {
          const { start, end } = rowsInSight(scrolled, viewport, height);
          expect(start).toBeLessThanOrEqual(Math.max(0, Math.floor((scrolled - 120) / height)));
          expect(end).toBeGreaterThanOrEqual(Math.ceil((scrolled + viewport + 120) / height));
        },
      ),
    );
  });

  it('is as long however far it was scrolled, and short', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 600_000 }), (scrolled) => {
        const { start, end } = rowsInSight(scrolled, 640, 32);
        expect(end - start).toBe(64);
        expect(start % 16).toBe(0);
      }),
    );
  });
});
