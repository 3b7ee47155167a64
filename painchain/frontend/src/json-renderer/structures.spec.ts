import type { JsonObject, JsonValue } from '@painchain/contract';
import { readField } from '@painchain/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenIn } from './hidden.js';
import { exactPath, fieldPath } from './places.js';
import { affordable, keysOf } from './structures.js';

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

  it('counts the lines of two texts that are compared', () => {
    const text = (word: string) => Array.from({ length: 300 }, (_, line) => `${word} ${line}`).join('\n');
    const changes = Array.from({ length: 50 }, () => ({ old: text('one'), new: text('two') }));
    expect(affordable({ a: changes, b: changes }).size).toBeLessThan(60);
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

describe('keysOf', () => {
  it('leaves out the keys that no path may lead through', () => {
    const object = JSON.parse('{"__proto__": 1, "constructor": 2, "prototype": 3, "a": 4}') as JsonObject;
    expect(keysOf(object)).toEqual(['a']);
  });
});

describe('places', () => {
  it.each([
    [['replicas'], 'data.replicas', 'data.replicas'],
    [['commits', 0, 'sha'], 'data.commits.sha', 'data.commits[0].sha'],
    [['labels', 'app/name'], 'data.labels.app/name', 'data.labels.app/name'],
    [['labels', 'app.example/name'], 'data.labels."app.example/name"', 'data.labels."app.example/name"'],
    [['a b', ''], 'data."a b".""', 'data."a b".""'],
  ])('are named as the query language names them: %j', (place, name, exact) => {
    expect(fieldPath(place)).toBe(name);
    expect(exactPath(place)).toBe(exact);
  });

  it('can be asked for whatever the keys are', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }), (keys) => {
        expect(readField(fieldPath(keys))).toEqual({ name: 'data', path: keys });
      }),
    );
  });
});

describe('hiddenIn', () => {
  it('counts what is hidden once, however many items have it, and nothing inside of it', () => {
    const data = {
      a: { b: 1 },
      list: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    };
    const hidden = new Set(['data.a', 'data.a.b', 'data.list.x', 'data.gone']);
    expect(hiddenIn(data, (path) => hidden.has(path))).toEqual(['data.a', 'data.list.x']);
  });
});
