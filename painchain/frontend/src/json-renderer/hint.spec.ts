import { describe, expect, it } from 'vitest';
import { hintForItems, hintForKey } from './hint.js';

const schema = {
  properties: {
    sha: { title: 'Commit', 'x-painchain': { role: 'sha', order: 1, link: 'https://example.com/{value}' } },
    files: { items: { properties: { path: { title: 'Path' } } } },
  },
};

describe('hints', () => {
  it('reads what a schema says of a field and of what lies inside it', () => {
    expect(hintForKey(schema, 'sha')).toMatchObject({ title: 'Commit', role: 'sha', order: 1 });
    const items = hintForItems(hintForKey(schema, 'files')?.schema);
    expect(hintForKey(items?.schema, 'path')?.title).toBe('Path');
  });

  it.each([undefined, {}, { properties: null }, { properties: [] }, { properties: { sha: 'text' } }])(
    'finds nothing in %j and does not mind',
    (bad) => {
      expect(hintForKey(bad, 'sha')).toBeUndefined();
    },
  );

  it('never takes a hint from the prototype', () => {
    expect(hintForKey({ properties: {} }, 'constructor')).toBeUndefined();
    expect(hintForKey({ properties: {} }, '__proto__')).toBeUndefined();
  });

  it('leaves out the parts of a hint that make no sense', () => {
    expect(hintForKey({ properties: { a: { title: 7, 'x-painchain': { order: 'first' } } } }, 'a')).toEqual({
      schema: { title: 7, 'x-painchain': { order: 'first' } },
    });
  });
});
