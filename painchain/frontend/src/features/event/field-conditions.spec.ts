import type { JsonValue } from '@painchain/contract';
import { everything, parse, print } from '@painchain/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Askable, askableOf, onlyThis, textOf, withoutThis } from './field-conditions.js';

const field = (value: JsonValue, path = 'data.labels') => ({
  path,
  queryField: path,
  label: 'Labels',
  value,
});
const asked = (value: JsonValue, path?: string): Askable => {
  const askable = askableOf(field(value, path));
  if (!askable) throw new Error('nothing can be asked');
  return askable;
};

describe('what a field of an event lets one ask', () => {
  it('is its value, or any value of a list', () => {
    expect(print(onlyThis(asked(42))(everything))).toBe('data.labels:42');
    expect(print(onlyThis(asked(['a', 'b c']))(everything))).toBe('data.labels:(a OR "b c")');
    expect(print(onlyThis(asked('acme/api', 'project'))(parse('project:x status:failure')))).toBe(
      'status:failure project:acme/api',
    );
  });

  it('is to be without it, once', () => {
    const without = withoutThis(asked('acme/api', 'project'));
    expect(print(without(without(parse('status:failure'))))).toBe('status:failure -project:acme/api');
    expect(print(withoutThis(asked(['a', 'b']))(everything))).toBe('-data.labels:(a OR b)');
  });

  it.each([null, '', 'two\nlines', 'x'.repeat(301), [], [null], Array.from({ length: 21 }, (_, n) => n)])(
    'is nothing for %j',
    (value) => {
      expect(askableOf(field(value))).toBeUndefined();
    },
  );

  it('is nothing where the field is no name of the query language, or is not offered', () => {
    expect(askableOf({ ...field('a'), queryField: undefined })).toBeUndefined();
    expect(askableOf(field('a', 'nothing'))).toBeUndefined();
  });

  it('can be read again, whatever the value', () => {
    const scalars = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(fc.oneof(scalars, fc.array(scalars, { maxLength: 5 })), (value) => {
        const askable = askableOf(field(value));
        if (!askable) return;
        for (const edit of [onlyThis(askable), withoutThis(askable)]) {
          const text = print(edit(everything));
          expect(print(parse(text))).toBe(text);
        }
      }),
    );
  });
});

it('is copied as it is read', () => {
  expect(textOf({ value: 'plain' })).toBe('plain');
  expect(textOf({ value: ['a', 'b'] })).toBe('a\nb');
  expect(textOf({ value: { a: 1 } })).toBe('{\n  "a": 1\n}');
});
