import type { JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affordable, entriesOf, fieldChanges, pathOf } from './structures.js';

function laidOut(value: JsonValue, open: Set<object>): number {
  if (typeof value !== 'object' || value === null || !open.has(value)) return 0;
  const inside = Array.isArray(value) ? value.slice(0, 50) : Object.values(value).slice(0, 200);
  return inside.reduce((sum: number, one) => sum + 1 + laidOut(one, open), 0);
}

describe('affordable', () => {
  it('opens everything of a small value', () => {
    const inner = { b: 1 };
    const outer = { a: inner };
    expect(affordable(outer)).toEqual(new Set([outer, inner]));
  });

  it('never lays out more values than the budget, whatever the shape', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 40 }), (value, budget) => {
        expect(laidOut(value as JsonValue, affordable(value as JsonValue, budget))).toBeLessThanOrEqual(
          budget,
        );
      }),
    );
  });

  it('keeps a value of forty thousand below five thousand', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `k${i}`,
        Object.fromEntries(Array.from({ length: 200 }, (_, j) => [`j${j}`, j])),
      ]),
    );
    const count = laidOut(wide, affordable(wide));
    expect(count).toBeGreaterThan(4_000);
    expect(count).toBeLessThanOrEqual(5_000);
  });
});

describe('fieldChanges', () => {
  it('names only what differs', () => {
    expect(fieldChanges({ before: { a: 1, b: 2 }, after: { a: 1, b: 3, c: 4 } })).toEqual([
      ['b', { before: 2, after: 3 }],
      ['c', { before: null, after: 4 }],
    ]);
  });

  it('compares no scalars', () => {
    expect(fieldChanges({ before: 1, after: { a: 1 } })).toBeUndefined();
  });
});

describe('paths', () => {
  it('writes a path as a query would', () => {
    expect(pathOf('data', 'replicas')).toBe('data.replicas');
    expect(pathOf('data', 'app/name')).toBe('data["app/name"]');
  });

  it('leaves out the keys that no path may lead through', () => {
    expect(
      entriesOf(JSON.parse('{"__proto__": 1, "constructor": 2, "a": 3}') as Record<string, JsonValue>),
    ).toEqual([['a', 3]]);
  });
});
