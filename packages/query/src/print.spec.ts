import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './parse.js';
import { print, printField } from './print.js';
import { QueryError } from './query-error.js';
import { everything, type Field, type FieldName, fieldNames, type Query, type Test } from './query.js';
import { readField } from './fields.js';
import { searchWords } from './tokenize.js';
import { all, any, height, not } from './tree.js';

describe('print', () => {
  it.each([
    ['', ''],
    ['*', ''],
    ['-*', '-*'],
    ['a  AND b', 'a b'],
    ['NOT a', '-a'],
    ['(a b) OR c', 'a b OR c'],
    ['"payment-api"', 'payment-api'],
    ['"payment api" "OR" "-x" "a:b"', '"payment api" "OR" "-x" "a:b"'],
    ['env:prod', 'environment:prod'],
    ['env:prod OR environment:staging', 'environment:(prod OR staging)'],
    ['a (tag:x OR -tag:(y z))', 'a tag:(x OR -(y z))'],
    ['tag:x OR status:y', 'tag:x OR status:y'],
    ['title:"-x" title:"-y z"*', 'title:("-x" "-y z"*)'],
    ['title:"-x"', 'title:-x'],
    ['data."a"."b.c":>5', 'data.a."b.c":>5'],
  ])('makes %j %j', (query, printed) => {
    expect(print(parse(query))).toBe(printed);
  });

  const odd = fc.oneof(
    fc.constantFrom(
      '*',
      '"',
      '\\',
      '\\"',
      '-',
      '-a',
      '>',
      '>=5',
      'OR',
      'NOT',
      'or',
      '!a',
      'key=a',
      '(',
      ')',
      ':',
      'a:b',
      ' ',
      '.',
      '',
    ),
    fc.constantFrom(
      'a b',
      'a\\',
      '\u0085',
      '\ufeff',
      '\u200b',
      '\u00a0',
      '🚀',
      '支付',
      'cafe\u0301',
      '__proto__',
      '“a”',
      '=',
    ),
  );
  const value = fc.oneof(
    odd,
    fc.array(odd, { maxLength: 4 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
    fc.constantFrom('github', 'acme/api', 'payment-api', 'https://example.com/?a=b#c'),
  );
  const time = fc.constantFrom('2026-11-24', '2026-11-24T10:35:00Z', '2026-11-24t10:35:00.123456+05:30');
  const operator = fc.constantFrom('>', '>=', '<', '<=');
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map(String);

  const exists = fc.constant<Test>({ kind: 'exists' });
  const is = (values: fc.Arbitrary<string>) => fc.record({ kind: fc.constant('is' as const), value: values });
  const compare = (values: fc.Arbitrary<string>) =>
    fc.record({ kind: fc.constant('compare' as const), operator, value: values }) as fc.Arbitrary<Test>;
  const like = fc
    .record({ first: value, inner: fc.array(value.filter((part) => part !== '')), last: value })
    .map(({ first, inner, last }): Test => ({ kind: 'like', parts: [first, ...inner, last] }))
    .filter((test) => test.kind === 'like' && test.parts.some((part) => part !== ''));

  function testOf(name: FieldName): fc.Arbitrary<Test> {
    if (name === 'timestamp' || name === 'received_at') return fc.oneof(exists, is(time), compare(time));
    if (name === 'backfill') return fc.oneof(exists, is(fc.constantFrom('true', 'false')));
    if (name === 'time_precision') return fc.oneof(exists, is(fc.constantFrom('exact', 'gap')));
    if (name === 'id' || name === 'integration') return fc.oneof(exists, is(value));
    return fc.oneof(exists, is(value), like);
  }

  const path = fc.array(fc.oneof(fc.constantFrom('a', 'replicas', 'app.kubernetes.io/name'), value), {
    minLength: 1,
    maxLength: 3,
  });
  const dataField = path.map((keys): Field => ({ name: 'data', path: keys }));
  const leaf: fc.Arbitrary<Query> = fc.oneof(
    fc
      .record({ kind: fc.constant('text' as const), text: value, isPrefix: fc.boolean() })
      .filter(({ text }) => searchWords(text).length > 0),
    fc
      .constantFrom(...fieldNames)
      .chain((name) => testOf(name).map((test): Query => ({ kind: 'field', field: { name }, test }))),
    fc.record({
      kind: fc.constant('field' as const),
      field: dataField,
      test: fc.oneof(exists, is(value), like, compare(fc.oneof(number, time))),
    }),
    is(value).map((test): Query => ({ kind: 'field', field: { name: 'tag' }, test })),
  );
  const { tree } = fc.letrec<{ tree: Query }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      leaf,
      fc.constant(everything),
      fc.array(tie('tree'), { maxLength: 4 }).map(all),
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map(any),
      tie('tree').map(not),
    ),
  }));

  it('makes a text of any tree that is read as the same tree', () => {
    fc.assert(
      fc.property(tree, (query) => {
        const printed = print(query);
        fc.pre(printed.length <= 2_000 && height(query) <= 16 && leaves(query) <= 64);
        expect(parse(printed)).toEqual(query);
      }),
      { numRuns: 1_000 },
    );
  });

  const typed = fc
    .array(
      fc.oneof(
        fc.constantFrom('a', '"b c"*', 'env:x', 'tag:(a OR -b)', 'title:*x**"*"', '-', 'OR', 'NOT', '(', ')'),
        fc.constantFrom('data."a.b".c:>=5', 'tag:(a', '"\\"', 'user:"\\\\ "', '*', '((', '))', 'tag:>'),
        value,
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(' '));

  it('makes one text of whatever is read', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const query = read(text);
        fc.pre(query !== undefined);
        const printed = print(query);
        expect(parse(printed)).toEqual(query);
        expect(print(parse(printed))).toBe(printed);
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes a name of any field that is read as the same field', () => {
    const anyField = fc.oneof(
      fc.constantFrom(...fieldNames).map((name): Field => ({ name })),
      dataField,
    );
    fc.assert(
      fc.property(anyField, (field) => {
        expect(readField(printField(field))).toEqual(field);
      }),
    );
  });

  function read(text: string): Query | undefined {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof QueryError) return undefined;
      throw error;
    }
  }

  function leaves(query: Query): number {
    if (query.kind === 'not') return leaves(query.of);
    if (query.kind === 'text' || query.kind === 'field') return 1;
    return query.of.length === 0 ? 1 : query.of.reduce((sum, member) => sum + leaves(member), 0);
  }
});
