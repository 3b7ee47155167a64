import { describe, expect, it } from 'vitest';
import { parseListSearch } from './list-search.js';

describe('the address of the list of integrations', () => {
  it('keeps what makes sense', () => {
    const search = { find: 'pay', state: 'late', sort: '-lag' };
    expect(parseListSearch(search)).toEqual(search);
  });

  it('leaves out what does not', () => {
    expect(parseListSearch({ find: '', state: ['late'], sort: 'colour', x: '1' })).toEqual({});
  });
});
