import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearchText, searchText } from '../../search-text.js';
import { type HomeSearch, isFiltered, parseHomeSearch, withFilter, withoutFilters } from './search.js';

const read = (text: string) => parseHomeSearch(parseSearchText(text));

describe('the address of /home', () => {
  it('carries filters, time, zone and the open event as plain text', () => {
    const search: HomeSearch = {
      project: ['acme/api', 'acme/web & more'],
      status: ['failure'],
      range: '24h',
      zone: 'utc',
      e: 'evt_0ABC',
      tab: 'raw',
    };
    expect(searchText({ status: ['failure'], range: '24h' })).toBe('?status=failure&range=24h');
    expect(read(searchText(search))).toEqual(search);
  });

  it('keeps values that look like JSON or numbers as the text they are', () => {
    expect(read('?project=42&project=%22x%22&actor=true')).toEqual({
      project: ['42', '"x"'],
      actor: ['true'],
    });
  });

  it('leaves out what makes no sense', () => {
    expect(read('?range=soon&zone=mars&e=%3Cscript%3E&tab=all&from=x&project=&unknown=1')).toEqual({});
    expect(read('?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')).toEqual({
      from: '2026-02-01T00:00:00.000Z',
    });
  });

  it('lets a relative range win over instants', () => {
    expect(read('?range=1h&from=2026-01-01')).toEqual({ range: '1h' });
  });

  it('survives any text, and says the same when read again', () => {
    const names = fc.constantFrom(
      'project',
      'status',
      'range',
      'from',
      'to',
      'zone',
      'e',
      'tab',
      '__proto__',
      'x',
    );
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('24h', '2026-01-31', 'utc', 'evt_1', 'raw', '1700000000'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values), { maxLength: 8 }), (pairs) => {
        const once = read(new URLSearchParams(pairs).toString());
        expect(read(searchText(once))).toEqual(once);
      }),
    );
  });
});

describe('filters', () => {
  it('replace their field only, and vanish when empty', () => {
    const search: HomeSearch = { project: ['a'], type: ['push'], range: '1h' };
    expect(withFilter(search, 'type', ['tag'])).toEqual({ project: ['a'], type: ['tag'], range: '1h' });
    expect(withFilter(search, 'type', [])).toEqual({ project: ['a'], range: '1h' });
  });

  it('are cleared without losing the zone and the open event', () => {
    expect(withoutFilters({ project: ['a'], range: '1h', zone: 'utc', e: 'evt_1' })).toEqual({
      zone: 'utc',
      e: 'evt_1',
    });
    expect(isFiltered({ zone: 'utc', e: 'evt_1' })).toBe(false);
    expect(isFiltered({ range: '1h' })).toBe(true);
  });
});
