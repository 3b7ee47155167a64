import { everything, parse, readField } from '@painchain/query';
import { describe, expect, it } from 'vitest';
import { asQuery, without } from './as-query.js';

describe('what a request asks', () => {
  it.each([
    [{}, ''],
    [{ q: '' }, ''],
    [{ status: ['failure'] }, 'status:failure'],
    [{ project: ['a', 'b'], q: 'status:x -payment' }, '(project:a OR project:b) status:x -payment'],
    [{ actor: ['ada*', '>1'] }, 'actor:"ada*" OR actor:">1"'],
    [{ type: ['push'], q: 'a OR b' }, 'type:push (a OR b)'],
    [{ connector: [] }, ''],
  ])('is one tree: %j', (filter, text) => {
    expect(asQuery(filter)).toEqual(parse(text));
  });

  it('is refused with the place of the fault', () => {
    expect(() => asQuery({ q: 'status:failure (a' })).toThrow(
      expect.objectContaining({
        code: 'invalid',
        errors: [{ pointer: '/q', detail: expect.any(String), span: { from: 15, to: 16 } }],
      }),
    );
  });
});

describe('a query without a field', () => {
  it.each([
    ['status:failure', 'status', ''],
    ['status:failure actor:ada', 'status', 'actor:ada'],
    ['(status:a OR status:b) -status:c text', 'status', 'text'],
    ['status:a OR actor:b', 'status', 'status:a OR actor:b'],
    ['(status:a OR actor:b) status:c', 'status', 'status:a OR actor:b'],
    ['data.a.b:1 data.a:1', 'data.a.b', 'data.a:1'],
    ['data."a.b":1 data.a.b:1', 'data."a.b"', 'data.a.b:1'],
    ['environment:prod type:push', 'env', 'type:push'],
    ['', 'status', ''],
  ])('%s', (query, name, rest) => {
    const field = readField(name);
    expect(field && without(parse(query), field)).toEqual(parse(rest));
  });

  it('is the same when nothing of it is about the field', () => {
    expect(without(everything, { name: 'status' })).toEqual(everything);
  });
});
