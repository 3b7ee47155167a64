import { describe, expect, it } from 'vitest';
import { nextSort, orderOf, sortedAs } from './order.js';

describe('orderOf', () => {
  it('is the newest first, by day and folded, unless somebody chose otherwise', () => {
    expect(orderOf({})).toEqual({ grouping: 'day', isFolded: true });
    expect(orderOf({ group: 'none', fold: 'off' })).toEqual({ grouping: 'none', isFolded: false });
  });

  it('has groups sorted by the server, folded and not live', () => {
    expect(orderOf({ group: 'project', sort: 'actor' })).toEqual({
      sort: 'project',
      grouping: 'project',
      isFolded: true,
      stillBecause: 'not live while grouped by project',
    });
  });

  it('folds nothing in another order, and has days only in an order of time', () => {
    expect(orderOf({ sort: '-data.replicas.new' })).toMatchObject({
      grouping: 'none',
      isFolded: false,
      stillBecause: 'not live while sorted by data.replicas.new',
    });
    expect(orderOf({ sort: 'timestamp' })).toMatchObject({ grouping: 'day', isFolded: false });
  });
});

describe('the head of a column', () => {
  it('goes up, down and back to the newest first', () => {
    expect([undefined, 'actor', '-actor'].map((sort) => nextSort('actor', sort))).toEqual([
      'actor',
      '-actor',
      undefined,
    ]);
    expect(nextSort('timestamp', undefined)).toBe('timestamp');
    expect(nextSort('timestamp', 'timestamp')).toBeUndefined();
    expect(nextSort('actor', 'project')).toBe('actor');
  });

  it('says how its column is sorted', () => {
    expect(sortedAs('timestamp', {})).toBe('descending');
    expect(sortedAs('actor', { sort: 'actor' })).toBe('ascending');
    expect(sortedAs('timestamp', { sort: 'actor' })).toBeUndefined();
    expect(sortedAs('project', { group: 'project', sort: 'actor' })).toBe('ascending');
  });
});
