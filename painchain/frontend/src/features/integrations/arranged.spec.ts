import { describe, expect, it } from 'vitest';
import type { ListSearch } from '../../address/list-search.js';
import { arranged, countedStates } from './arranged.js';
import { integration, source } from './testing.js';

const all = [
  integration({ id: 'a', name: 'Team 10', sources: [source({ lag_seconds: 5 })] }),
  integration({ id: 'b', name: 'Team 9', group: 'payments', health: 'failing' }),
  integration({ id: 'c', name: 'Alpha', health: 'paused', last_event_at: '2026-01-02T00:00:00Z' }),
  integration({ id: 'd', name: 'Beta', type: 'other', sources: [source({ lag_seconds: 50 })] }),
];
const activity = new Map([
  ['a', [1, 2]],
  ['d', [9, 0]],
]);
const order = (search: ListSearch) =>
  arranged(all, search, activity)
    .map(({ id }) => id)
    .join('');

describe('the list of integrations', () => {
  it('begins with the worst, and ends with what is paused on purpose', () => {
    expect(order({})).toBe('bdac');
  });

  it('is ordered by name as people count', () => {
    expect(order({ sort: 'name' })).toBe('cdba');
    expect(order({ sort: '-name' })).toBe('abdc');
  });

  it('puts what has no such value last, either way', () => {
    expect(order({ sort: 'lag' })).toBe('adbc');
    expect(order({ sort: '-lag' })).toBe('dabc');
    expect(order({ sort: '-event' })).toBe('cbda');
  });

  it('is ordered by the events of a day, of which some had none', () => {
    expect(order({ sort: '-events' })).toBe('dabc');
  });

  it('is searched by name, group and type, each word by itself', () => {
    expect(order({ find: 'TEAM' })).toBe('ba');
    expect(order({ find: 'pay team' })).toBe('b');
    expect(order({ find: 'other' })).toBe('d');
    expect(order({ find: ' ' })).toBe('bdac');
  });

  it('shows one state, and counts each that there is', () => {
    expect(order({ state: 'healthy' })).toBe('da');
    expect(order({ state: 'nonsense' })).toBe('');
    expect(countedStates(all)).toEqual([
      ['failing', 1],
      ['healthy', 2],
      ['paused', 1],
    ]);
  });
});
