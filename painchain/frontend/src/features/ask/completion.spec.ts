import { parse, placeAt } from '@painchain/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepted, completionsAt, type Known, questionAt } from './completion.js';

const known: Known = {
  fields: [
    { field: 'data.replicas.new', kind: 'number' },
    { field: 'data."app.io/name"', kind: 'text' },
    { field: 'status', kind: 'text' },
  ],
  values: [
    { value: 'failure', count: 1_200 },
    { value: 'rolled back', count: 3 },
  ],
};

/** The text with its cursor at the |. */
function at(marked: string) {
  const text = marked.replace('|', '');
  return { text, place: placeAt(text, marked.indexOf('|')) };
}

function offered(marked: string, knowing = known) {
  const { text, place } = at(marked);
  return completionsAt(text, place, knowing);
}

const labels = (marked: string, knowing = known) => offered(marked, knowing).map(({ label }) => label);

/** The text with a | at the cursor, once the completion of that name is accepted. */
function chosen(marked: string, label: string, knowing = known): string | undefined {
  const completion = offered(marked, knowing).find((each) => each.label === label);
  if (!completion) return undefined;
  const { text, cursor } = accepted(at(marked).text, completion);
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

describe('what is offered', () => {
  it('are fields, those that begin with what is typed first', () => {
    expect(labels('sta|')).toEqual(['status', 'timestamp']);
    expect(labels('t|')).toEqual(['type', 'tag', 'title', 'timestamp', 'time_precision']);
    expect(labels('ty|')).toEqual(['type', 'severity']);
    expect(labels('replicas|')).toEqual(['data.replicas.new']);
    expect(labels('data.app.io|')).toEqual(['data."app.io/name"']);
    expect(labels('|').slice(0, 2)).toEqual(['connector', 'project']);
  });

  it('are operators where they have something to stand behind', () => {
    const operators = (marked: string) => labels(marked).filter((label) => /^[A-Z]+$/.test(label));
    expect(operators('|')).toEqual(['NOT']);
    expect(operators('a |')).toEqual(['OR', 'AND', 'NOT']);
    expect(operators('a O|')).toEqual(['OR']);
    expect(operators('a OR |')).toEqual(['NOT']);
    expect(operators('(|')).toEqual(['NOT']);
    expect(operators('a -|')).toEqual([]);
    expect(labels('a A|')).toContain('actor');
  });

  it('are values with their counts, or any, or those that begin so', () => {
    expect(offered('status:|').map(({ label, hint }) => [label, hint])).toEqual([
      ['failure', '1,200'],
      ['rolled back', '3'],
      ['*', 'has any value'],
    ]);
    expect(labels('status:FAI|')).toEqual(['failure', 'FAI*']);
    expect(labels('status:fa*|')).toEqual(['failure']);
    expect(labels('integration:x|')).toEqual([]);
  });

  it('are comparisons where there is an order', () => {
    const numbers: Known = {
      fields: [],
      values: [
        { value: '3', count: 2 },
        { value: '-0.5', count: 1 },
      ],
    };
    expect(labels('data.n:|', numbers)).toEqual(['3', '-0.5', '*', '>=', '>', '<=', '<']);
    expect(labels('data.n:|')).not.toContain('>');
    expect(labels('timestamp:|')).toEqual(['>=', '>', '<=', '<']);
    expect(labels('data.n:>|', numbers)).toEqual([]);
  });

  it('is nothing in the middle of a text', () => {
    expect(labels('"payment |')).toEqual([]);
    expect(labels('src/app|')).toEqual([]);
  });
});

describe('what is accepted', () => {
  it.each([
    ['sta|', 'status', 'status:|'],
    ['sta|tus:failure x', 'status', 'status:|failure x'],
    ['x -pro|', 'project', 'x -project:|'],
    ['data.app|', 'data."app.io/name"', 'data."app.io/name":|'],
    ['a O|', 'OR', 'a OR |'],
    ['status:|', 'failure', 'status:failure |'],
    ['status:fa| x', 'failure', 'status:failure| x'],
    ['(status:fa|)', 'failure', '(status:failure|)'],
    ['status:ro|', 'rolled back', 'status:"rolled back" |'],
    ['status:(a OR ro|)', 'rolled back', 'status:(a OR "rolled back"|)'],
    ['status:fa|', 'fa*', 'status:fa* |'],
    ['status:|', '*', 'status:* |'],
    ['timestamp:|', '>=', 'timestamp:>=|'],
  ])('in %s of %s', (marked, label, after) => {
    expect(chosen(marked, label)).toBe(after);
  });

  it('quotes what would mean something else', () => {
    const odd: Known = {
      fields: [],
      values: ['OR', '-x', '>5', '"', '0'].map((value) => ({ value, count: 1 })),
    };
    expect(chosen('tag:(a OR |)', 'OR', odd)).toBe('tag:(a OR "OR"|)');
    expect(chosen('tag:(a OR |)', '-x', odd)).toBe('tag:(a OR "-x"|)');
    expect(chosen('tag:(a OR |)', '0', odd)).toBe('tag:(a OR 0|)');
    expect(chosen('tag:|', '-x', odd)).toBe('tag:-x |');
    expect(chosen('tag:|', '>5', odd)).toBe('tag:">5" |');
  });

  it('is any value, and the query then asks for it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.boolean(), (value, isList) => {
        const knowing = { fields: [], values: [{ value, count: 1 }] };
        const after = chosen(isList ? 'tag:(a OR |)' : 'tag:|', value, knowing)?.replace('|', '') ?? '';
        const test = { kind: 'field', field: { name: 'tag' }, test: { kind: 'is', value } };
        const query = parse(after);
        expect(query.kind === 'any' ? query.of.at(-1) : query).toEqual(test);
      }),
    );
  });

  it('is somewhere in any text, and changes nothing but what is typed', () => {
    const part = fc.constantFrom(
      '(',
      ')',
      '"',
      ':',
      '-',
      '>',
      ' ',
      'a',
      'tag:(',
      'status:',
      'data.',
      'OR',
      '*',
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        fc.nat(30),
        (text, offset) => {
          const place = placeAt(text, offset);
          questionAt(text, place);
          for (const completion of completionsAt(text, place, known)) {
            const after = accepted(text, completion);
            expect(after.text.startsWith(text.slice(0, place.span.from) + completion.insert)).toBe(true);
            expect(after.text.endsWith(text.slice(place.span.to))).toBe(true);
          }
        },
      ),
    );
  });
});

describe('what has to be known', () => {
  const asked = (marked: string) => {
    const { text, place } = at(marked);
    return questionAt(text, place);
  };

  it.each([
    ['|', { kind: 'fields', prefix: 'data.' }],
    ['status:x rep|', { kind: 'fields', prefix: 'data.', q: 'status:x' }],
    ['x -data.rep|', { kind: 'fields', prefix: 'data.rep', q: 'x' }],
    ['data."app.io/n|', { kind: 'fields', prefix: 'data.' }],
    ['sta|tus:failure', { kind: 'fields', prefix: 'data.' }],
    ['x AND |', { kind: 'fields', prefix: 'data.', q: 'x' }],
    ['status:|', { kind: 'values', field: 'status', q: 'status:*' }],
    ['x env:pr|od', { kind: 'values', field: 'environment', contains: 'pr', q: 'x environment:*' }],
    ['x (tag:(a OR b*long*|', { kind: 'values', field: 'tag', contains: 'long', q: 'x tag:(a OR *)' }],
    ['foo:x status:a|', { kind: 'values', field: 'status', contains: 'a' }],
  ])('in %s', (marked, question) => {
    expect(asked(marked)).toEqual(question);
  });

  it('is nothing where nothing is offered', () => {
    for (const marked of ['timestamp:|', 'id:|', 'data.n:>|', '"text|', 'a O|'])
      expect(asked(marked)).toBeUndefined();
  });
});
