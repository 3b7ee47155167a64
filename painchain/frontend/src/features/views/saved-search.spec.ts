import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHomeSearch } from '../../address/home-search.js';
import { parseSearchText, searchText } from '../../search-text.js';
import { addressOfView, isModified, searchOfView } from './saved-search.js';

const read = (text: string) => parseHomeSearch(parseSearchText(text));
const view = (search: string) => ({ id: 'view_1', search });

const chosen = fc.record(
  {
    q: fc.constantFrom('status:failure', '-actor:ada "payment api"', 'status:(', 'project:(a OR b)'),
    range: fc.constantFrom('24h', 'yesterday'),
    zone: fc.constant('utc'),
    by: fc.constantFrom('project', 'none'),
    group: fc.constantFrom('project', 'none'),
    fold: fc.constant('off'),
    cols: fc.uniqueArray(fc.constantFrom('environment', 'data.replicas.new', 'tag'), { minLength: 1 }),
    sort: fc.constantFrom('actor', '-data.duration'),
  },
  { requiredKeys: [] },
);
const lookedAt = fc.record(
  {
    e: fc.constant('evt_0ABC'),
    tab: fc.constantFrom('raw', 'changes'),
    at: fc.constant('2026-01-31T10:35:00.000Z'),
    w: fc.constantFrom('5m', '15m'),
    view: fc.constantFrom('view_1', 'view_2'),
  },
  { requiredKeys: [] },
);

describe('a view', () => {
  it('keeps what was chosen and opens with exactly that', () => {
    const search = read('?cols=environment&cols=tag&group=project&q=status:failure&range=24h&sort=-actor');
    expect(addressOfView(view(searchOfView(search)))).toEqual({ ...search, view: 'view_1' });
  });

  it('keeps a relative time relative', () => {
    expect(searchOfView(read('?range=24h'))).toBe('range=24h');
  });

  it('is one of everything when nothing was chosen', () => {
    expect(searchOfView({})).toBe('');
    expect(addressOfView(view(''))).toEqual({ view: 'view_1' });
  });

  it('is not modified by what is looked at in it, nor by the order in which its address was written', () => {
    fc.assert(
      fc.property(chosen, lookedAt, fc.infiniteStream(fc.nat()), (choice, look, random) => {
        const saved = view(searchOfView(read(searchText(choice))));
        const shuffled = Object.entries({ ...choice, ...look })
          .map((entry) => ({ entry, at: random.next().value ?? 0 }))
          .toSorted((one, other) => one.at - other.at);
        const text = searchText(Object.fromEntries(shuffled.map(({ entry }) => entry)));
        expect(isModified(read(text), saved)).toBe(false);
      }),
    );
  });

  it('is modified by everything that it keeps', () => {
    const saved = view('q=status%3Afailure&cols=environment&cols=tag&range=24h');
    const changes = [
      '?cols=environment&cols=tag&range=24h',
      '?q=status:failure&cols=tag&cols=environment&range=24h',
      '?q=status:failure&cols=environment&cols=tag&range=7d',
      '?q=status:failure&cols=environment&cols=tag&range=24h&zone=utc',
      '?q=status:failure&cols=environment&cols=tag&range=24h&fold=off',
    ];
    expect(isModified(read('?range=24h&q=status:failure&cols=environment&cols=tag'), saved)).toBe(false);
    expect(changes.filter((changed) => !isModified(read(changed), saved))).toEqual([]);
  });

  it('means the same however its query is written', () => {
    expect(isModified(read('?q=status:(failure)'), view('q=status%3Afailure'))).toBe(false);
    expect(isModified(read('?status=failure'), view('q=status%3Afailure'))).toBe(false);
  });

  it('opens with what can be read of it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(addressOfView(view(text)).view).toBe('view_1');
      }),
    );
  });
});
