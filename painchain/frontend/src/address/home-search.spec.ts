import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearchText, searchText } from '../search-text.js';
import { type HomeSearch, isAsked, parseHomeSearch, withoutAsked } from './home-search.js';

const read = (text: string) => parseHomeSearch(parseSearchText(text));

describe('the address of /home', () => {
  it('carries everything that was chosen as plain text', () => {
    const search: HomeSearch = {
      q: 'project:"acme/web & more" -status:success',
      range: '24h',
      zone: 'utc',
      e: 'evt_0ABC',
      tab: 'raw',
      at: '2026-01-31T10:35:00.000Z',
      w: '5m',
      by: 'status',
      group: 'project',
      fold: 'off',
      cols: ['environment', 'data.replicas.new'],
      sort: '-data.replicas.new',
      view: 'view_0abc',
    };
    expect(searchText({ q: 'status:failure', range: '24h' })).toBe('?q=status%3Afailure&range=24h');
    expect(read(searchText(search))).toEqual(search);
  });

  it('makes conditions of the fields that an address names', () => {
    expect(read('?project=acme/api&status=failure&status=error&q=payment')).toEqual({
      q: 'payment project:acme/api status:(failure OR error)',
    });
    expect(read('?project=42&project=%22x%22&actor=true').q).toBe('project:(42 OR "\\"x\\"") actor:true');
  });

  it('makes each of them once, though the router reads an address again with what was read of it', () => {
    const named = parseSearchText('?project=acme/api&project=acme/web&status=failure&q=a OR b');
    const once = parseHomeSearch(named);
    expect(once.q).toBe('(a OR b) project:(acme/api OR acme/web) status:failure');
    expect(parseHomeSearch({ ...named, ...once })).toEqual(once);
  });

  it('keeps a query that cannot be read, to be mended', () => {
    expect(read('?q=status%3A(&project=a')).toEqual({ q: 'status:(' });
  });

  it('leaves out what makes no sense', () => {
    expect(read('?range=soon&zone=mars&e=%3Cscript%3E&tab=all&from=x&project=&unknown=1&w=5m')).toEqual({});
    expect(read('?by=moon&group=day&fold=on&cols=nothing&sort=-timestamp&view=x&sort=')).toEqual({});
    expect(read('?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')).toEqual({
      from: '2026-02-01T00:00:00.000Z',
    });
  });

  it('lets a relative range win over instants, and reads a moment as people have it', () => {
    expect(read('?range=1h&from=2026-01-01')).toEqual({ range: '1h' });
    expect(read('?at=1769855700')).toEqual({ at: '2026-01-31T10:35:00.000Z' });
    expect(read('?at=2026-01-31T10:35:00Z&w=30m')).toEqual({ at: '2026-01-31T10:35:00.000Z' });
  });

  it('survives any text, and says the same when read again', () => {
    const names = fc.constantFrom(
      'q',
      'project',
      'range',
      'from',
      'to',
      'at',
      'w',
      'cols',
      'sort',
      'e',
      '__proto__',
    );
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('24h', '2026-01-31', 'utc', 'evt_1', 'raw', '1700000000', 'status', 'a OR', '"x'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values), { maxLength: 8 }), (pairs) => {
        const once = read(new URLSearchParams(pairs).toString());
        expect(read(searchText(once))).toEqual(once);
      }),
    );
  });

  it('can lose what it asks and keep the rest', () => {
    expect(withoutAsked({ q: 'a', range: '1h', zone: 'utc', e: 'evt_1' })).toEqual({
      zone: 'utc',
      e: 'evt_1',
    });
    expect(isAsked({ zone: 'utc', e: 'evt_1' })).toBe(false);
    expect(isAsked({ range: '1h' })).toBe(true);
  });
});
