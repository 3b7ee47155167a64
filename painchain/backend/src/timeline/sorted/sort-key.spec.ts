import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, sortOrder, type Sortable } from './sort-key.js';

const number = fc.oneof(
  {
    arbitrary: fc.constantFrom('9007199254740993', '9007199254740992.5', '9007199254740992'),
    weight: 3,
  },
  fc.constantFrom('0', '0.5', `1${'0'.repeat(150)}`, `1${'0'.repeat(99)}`, `9${'9'.repeat(98)}`),
  fc.constantFrom(`1${'0'.repeat(399)}`, `-1${'0'.repeat(399)}`, `2${'0'.repeat(398)}`),
);
const sortable = fc
  .record({
    written: fc.oneof(
      { arbitrary: number.map((digits) => `n${digits}`), weight: 3 },
      fc.constantFrom(null, 'sa', 'sA', 'btrue'),
    ),
    seq: fc.integer({ min: 1, max: 3 }).map(String),
  })
  .map(({ written, seq }): Sortable => {
    return { key: keyOf(written), timestamp: '2026-01-01T00:00:00.000000Z', seq };
  });

describe('the order of a sorted page', () => {
  it('is one, whatever the values are: what stands between two events never stands outside of them', () => {
    fc.assert(
      fc.property(sortable, sortable, sortable, fc.boolean(), (one, two, three, isDescending) => {
        const compare = sortOrder(isDescending);
        expect(Math.sign(compare(one, two))).toBe(0 - Math.sign(compare(two, one)));
        if (compare(one, two) <= 0 && compare(two, three) <= 0) {
          expect(compare(one, three)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('tells whole numbers apart that are the same as doubles, whatever stands between them', () => {
    const digits = ['9007199254740992', '9007199254740992.5', '9007199254740993'];
    const all = digits.map((each, n): Sortable => {
      return { key: keyOf(`n${each}`), timestamp: 't', seq: String(n) };
    });
    const [one, two, three] = all as [Sortable, Sortable, Sortable];
    for (const given of [all, [three, two, one], [two, three, one], [three, one, two]]) {
      expect(given.toSorted(sortOrder(false))).toEqual([two, one, three]);
    }
  });
});
