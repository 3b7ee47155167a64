import type { JsonValue } from '@painchain/contract';
import { printField } from '@painchain/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampledFields } from './sampled-fields.js';

function sampled(...data: JsonValue[]): SampledFields {
  const fields = new SampledFields(
    () => true,
    (path) => printField({ name: 'data', path }),
  );
  for (const each of data) fields.addData(each);
  return fields;
}

describe('sampled fields', () => {
  it('take keys for nothing but keys', () => {
    const data = JSON.parse(
      '{"__proto__": {"polluted": "no"}, "constructor": {"prototype": 1}}',
    ) as JsonValue;
    expect(
      sampled(data)
        .list()
        .map(({ field }) => field),
    ).toEqual(['data.__proto__.polluted', 'data.constructor.prototype']);
    expect({}).not.toHaveProperty('polluted');
  });

  it('go six levels deep and enter arrays, and in arrays of arrays what is no object', () => {
    const data = {
      a: { b: { c: { d: { e: { f: 1, g: { h: 2 } } } } } },
      list: [{ x: 1 }, { x: 'one' }, [{ x: 3 }]],
      lists: [[1, 2, [3]], [null, 1], 4],
    };
    expect(sampled(data).list()).toEqual([
      { field: 'data.a.b.c.d.e.f', kind: 'number', count: 1, examples: ['1'] },
      { field: 'data.list.x', kind: 'number', count: 1, examples: ['1', 'one'] },
      { field: 'data.lists', kind: 'number', count: 1, examples: ['1', '2', '4'] },
    ]);
  });

  it('give the most frequent kind and values, and no long ones', () => {
    const values = ['5', 5, 'five', 'five', true, 'x'.repeat(81), '', null];
    expect(sampled(...values.map((v) => ({ v }))).list()).toEqual([
      { field: 'data.v', kind: 'text', count: 7, examples: ['5', 'five', 'true'] },
    ]);
  });

  it('remember only so many of each', () => {
    const many = Object.fromEntries(Array.from({ length: 9_000 }, (_, n) => [`key-${n}`, n]));
    expect(sampled(many).list()).toHaveLength(5_000);
    const values = Array.from({ length: 200 }, (_, n) => ({ v: n }));
    expect(sampled(...values).list()[0]).toMatchObject({
      count: 200,
      examples: ['0', '1', '10', '11', '12'],
    });
  });

  it('bear any data', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (data) => {
        for (const { count, examples } of sampled(...(data as JsonValue[])).list()) {
          expect(count).toBeLessThanOrEqual(data.length);
          expect(examples.length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});
