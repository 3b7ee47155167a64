import { describe, expect, it } from 'vitest';
import { rangeAround, relaxations } from './relax.js';

describe('relaxations', () => {
  it('leave out one condition at a time, or the time, and keep all else', () => {
    const search = { q: 'status:failure -actor:bot', range: '1h', e: 'evt_1' };
    expect(relaxations(search)).toEqual([
      { id: 'status:failure', without: 'status:failure', search: { ...search, q: '-actor:bot' } },
      { id: '-actor:bot', without: '-actor:bot', search: { ...search, q: 'status:failure' } },
      { id: 'any time', without: undefined, search: { q: search.q, e: 'evt_1' } },
    ]);
    expect(relaxations({ q: 'payment' })).toEqual([{ id: 'payment', without: 'payment', search: {} }]);
  });

  it('are none for a query that cannot be read', () => {
    expect(relaxations({ q: 'status:(' })).toEqual([]);
  });
});

describe('rangeAround', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const at = Date.parse('2026-11-20T12:00:00Z');

  it('is as long as the range was, with the event in its middle', () => {
    expect(rangeAround(at, { range: '6h' }, now, 'utc')).toEqual({
      from: '2026-11-20T09:00:00.000Z',
      to: '2026-11-20T15:00:00.000Z',
    });
  });

  it('is at least an hour', () => {
    const hour = { from: '2026-11-20T11:30:00.000Z', to: '2026-11-20T12:30:00.000Z' };
    expect(rangeAround(at, { range: '15m' }, now, 'utc')).toEqual(hour);
    expect(rangeAround(at, { to: '2026-11-24T12:00:00.000Z' }, now, 'utc')).toEqual(hour);
  });
});
