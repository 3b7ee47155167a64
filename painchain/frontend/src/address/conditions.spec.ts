import { all, any, type Field, not, parse, print, type Query, readField } from '@painchain/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as conditions from './conditions.js';

const field = (name: string): Field => readField(name)!;
const status = field('status');

/** What an edit makes of a query's text. */
const edited = (text: string, edit: conditions.Edit) => print(edit(parse(text)));

/** An event: the values of its fields, of which a tag has several. */
type Event = Record<string, string[]>;
const names = ['status', 'tag', 'data.a'];
const values = ['a', 'b', 'c d'];
const events: Event[] = [[], ['a'], ['b'], ['c d'], ['a', 'b']].flatMap((status) =>
  [[], ['a'], ['b', 'c d']].map((tag) => ({ status, tag, 'data.a': ['a'] })),
);

/** Whether an event meets a query, of which free text is met by the name of nothing here. */
function meets(event: Event, query: Query): boolean {
  switch (query.kind) {
    case 'all':
      return query.of.every((each) => meets(event, each));
    case 'any':
      return query.of.some((each) => meets(event, each));
    case 'not':
      return !meets(event, query.of);
    case 'text':
      return false;
    case 'field': {
      const name = query.field.name === 'data' ? `data.${query.field.path.join('.')}` : query.field.name;
      const has = event[name] ?? [];
      return query.test.kind === 'is' ? has.includes(query.test.value) : has.length > 0;
    }
  }
}

const leaves: fc.Arbitrary<Query> = fc.oneof(
  fc
    .record({ name: fc.constantFrom(...names), value: fc.constantFrom(...values) })
    .map(({ name, value }) => conditions.has(field(name), value)),
  fc
    .constantFrom(...names)
    .map((name): Query => ({ kind: 'field', field: field(name), test: { kind: 'exists' } })),
  fc.constant<Query>({ kind: 'text', text: 'word', isPrefix: false }),
);
const { query: queries } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaves,
    fc.array(tie('query'), { maxLength: 3 }).map(all),
    fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map(any),
    tie('query').map(not),
  ),
}));
const choices = fc.record({
  query: queries,
  name: fc.constantFrom(...names),
  value: fc.constantFrom(...values),
});

/** What an edit makes of any query, and what it should: told event by event. */
function expectMeaning(
  edit: (field: Field, value: string) => conditions.Edit,
  meant: (event: Event, before: Query, field: Field, value: string) => boolean | undefined,
): void {
  fc.assert(
    fc.property(choices, ({ query, name, value }) => {
      const after = edit(field(name), value)(query);
      expect(parse(print(after))).toEqual(after);
      for (const event of events) {
        const should = meant(event, query, field(name), value);
        if (should !== undefined) expect([event, meets(event, after)]).toEqual([event, should]);
      }
    }),
    { numRuns: 300 },
  );
}

const holds = (event: Event, field: Field, value: string) => meets(event, conditions.has(field, value));

describe('conditions', () => {
  it('are what must all hold', () => {
    expect(conditions.conditionsOf(parse('payment status:(a OR b) -tag:x'))).toEqual([
      { text: 'payment', isNegated: false },
      { text: 'status:(a OR b)', isNegated: false },
      { text: 'tag:x', isNegated: true },
    ]);
    expect(conditions.conditionsOf(parse('a OR b'))).toEqual([{ text: 'a OR b', isNegated: false }]);
    expect(conditions.conditionsOf(parse(''))).toEqual([]);
    expect(conditions.conditionsOf(parse('-*'))).toEqual([{ text: '*', isNegated: true }]);
  });

  it('are turned round and taken out one by one, and the others stay', () => {
    fc.assert(
      fc.property(queries, fc.nat(5), (query, at) => {
        const before = conditions.conditionsOf(query);
        fc.pre(before.every(({ text }) => text !== '*'));
        const index = at % Math.max(before.length, 1);
        const turned = conditions.negated(index)(query);
        // What excludes several at once becomes several.
        if (conditions.conditionsOf(turned).length === before.length) {
          expect(print(conditions.negated(index)(turned))).toBe(print(query));
        }
        const rest = conditions.conditionsOf(conditions.withoutCondition(index)(query));
        expect(rest).toEqual(before.filter((_, each) => each !== index));
      }),
    );
  });

  it('say why a text is no query', () => {
    expect(conditions.readQuery('status:(')).toHaveProperty('fault.span');
    expect(conditions.readQuery(undefined)).toEqual({ query: all([]) });
  });
});

describe('a value that is chosen', () => {
  it.each([
    ['status:failure x', 'x status:success'],
    ['status:(a OR b) -status:c', 'status:success'],
    ['(status:a OR tag:b)', '(status:a OR tag:b) status:success'],
  ])('is the only one of its field: %s', (before, after) => {
    expect(edited(before, conditions.only(status, 'success'))).toBe(after);
  });

  it.each([
    ['', 'status:b'],
    ['status:a x', 'x status:(a OR b)'],
    ['-status:b', 'status:b'],
    ['-status:(b OR c)', '-status:c status:b'],
    ['status:b', 'status:b'],
  ])('is added: %s', (before, after) => {
    expect(parse(edited(before, conditions.added(status, 'b')))).toEqual(parse(after));
  });

  it.each([
    ['', '-status:b'],
    ['status:(a OR b)', 'status:a -status:b'],
    ['-status:(a OR b)', '-status:a -status:b'],
    ['-status:b', '-status:b'],
  ])('is excluded: %s', (before, after) => {
    expect(parse(edited(before, conditions.excluded(status, 'b')))).toEqual(parse(after));
  });

  it('alone, is asked of every event that the rest of the query finds', () => {
    expectMeaning(
      conditions.only,
      (event, query, field, value) =>
        meets(event, conditions.withoutField(field)(query)) && holds(event, field, value),
    );
  });

  it('excluded, is found no more, and nothing else goes', () => {
    expectMeaning(conditions.excluded, (event, query, field, value) => {
      if (holds(event, field, value)) return false;
      return meets(event, query) || undefined;
    });
  });

  it('excluded and then neither asked for nor excluded, leaves all that was found', () => {
    expectMeaning(
      (field, value) => (query) =>
        conditions.withoutValue(field, value)(conditions.excluded(field, value)(query)),
      (event, query) => meets(event, query) || undefined,
    );
  });

  it('is told, and once it is taken out, is not', () => {
    fc.assert(
      fc.property(choices, ({ query, name, value }) => {
        const chosen = (edit: conditions.Edit) => conditions.chosenValues(edit(query), field(name));
        const before = chosen((same) => same);
        const after = {
          added: chosen(conditions.added(field(name), value)),
          excluded: chosen(conditions.excluded(field(name), value)),
          without: chosen(conditions.withoutValue(field(name), value)),
        };
        expect(after.added.included).toEqual(expect.arrayContaining([...before.included, value]));
        expect(after.added.excluded).not.toContain(value);
        expect(after.excluded.excluded).toEqual(expect.arrayContaining([...before.excluded, value]));
        expect(after.excluded.included).not.toContain(value);
        const others = (of: string[]) => new Set(of.filter((each) => each !== value));
        expect(new Set(after.without.included)).toEqual(others(before.included));
        expect(new Set(after.without.excluded)).toEqual(others(before.excluded));
      }),
      { numRuns: 300 },
    );
  });
});
