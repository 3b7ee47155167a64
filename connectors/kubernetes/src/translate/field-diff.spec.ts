import type { JsonValue } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from './digest.js';
import { changeData, fieldDiff, pathText } from './field-diff.js';

function shown(before: JsonValue, after: JsonValue): unknown[] {
  return fieldDiff(before, after).changes.map(({ path, old, new: fresh }) => [pathText(path), old, fresh]);
}

describe('fieldDiff', () => {
  it('names each field that differs, what is missing as null', () => {
    expect(shown({ a: 1, b: { c: 'x' } }, { a: 2, b: { d: true } })).toEqual([
      ['a', 1, 2],
      ['b.c', 'x', null],
      ['b.d', null, true],
    ]);
  });

  it('tells labels and annotations one by one, also the first and the last', () => {
    expect(shown({ labels: { a: '1' } }, { annotations: { b: '2' } })).toEqual([
      ['labels.a', '1', null],
      ['annotations.b', null, '2'],
    ]);
    expect(shown({}, { labels: {}, annotations: 'x' })).toEqual([['annotations', null, 'x']]);
  });

  it('matches the items of a list by their names, wherever they stand', () => {
    const before = {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    };
    const after = {
      env: [
        { name: 'C', value: '0' },
        { name: 'A', value: '1' },
        { name: 'B', value: '3' },
      ],
    };
    expect(shown(before, after)).toEqual([
      ['env[B].value', '2', '3'],
      ['env[C]', null, { name: 'C', value: '0' }],
    ]);
  });

  it('tells that the same items stand in another order', () => {
    const [one, other] = [{ name: 'A' }, { name: 'B' }];
    expect(shown({ init: [one, other] }, { init: [other, one] })).toEqual([['init', ['A', 'B'], ['B', 'A']]]);
  });

  it('takes a list of plain values as one value', () => {
    expect(shown({ args: ['a', 'b'] }, { args: ['a', 'c'] })).toEqual([['args', ['a', 'b'], ['a', 'c']]]);
  });

  it('finds what was put between items without names', () => {
    const rule = (verb: string) => ({ verbs: [verb] });
    expect(shown([rule('get'), rule('list')], [rule('get'), rule('watch'), rule('list')])).toEqual([
      ['[1]', null, rule('watch')],
    ]);
  });

  it('writes keys that are no plain words in brackets', () => {
    expect(pathText(['labels', 'app.kubernetes.io/name'])).toBe('labels[app.kubernetes.io/name]');
  });

  it('lists fifty changes, counts all and cuts long values', () => {
    const after = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [`k${index}`, 'x'.repeat(600)]),
    );
    const data = changeData(fieldDiff({}, after));
    expect(data).toMatchObject({ changes_total: 80 });
    expect(data['changes']).toHaveLength(50);
    expect(JSON.stringify(data).length).toBeLessThan(50 * 700);
  });

  it('finds something exactly where two values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (one, other) => {
        const [before, after] = [one, other] as [JsonValue, JsonValue];
        expect(fieldDiff(before, before).total).toBe(0);
        expect(fieldDiff(before, after).total > 0).toBe(canonical(before) !== canonical(after));
      }),
    );
  });

  it('finds any change of named items', () => {
    const items = fc.uniqueArray(
      fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: fc.integer({ min: 0, max: 2 }) }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(items, items, (one, other) => {
        expect(fieldDiff(one, other).total > 0).toBe(canonical(one) !== canonical(other));
      }),
    );
  });
});
