import { limits } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { columnName, filterValue, shownValue } from './columns.js';
import { rowAt } from './testing.js';

const row = rowAt('a', 1, {
  actor: 'ada',
  fields: {
    environment: 'production',
    'data.replicas.new': 5,
    'data.finished_at': '2026-11-24T10:35:04.120000Z',
    'data.ok': false,
    'data.none': null,
    'data.list': ['a'],
    'data.log': 'x'.repeat(limits.columnText),
  },
});

describe('a value in a column', () => {
  it.each([
    ['environment', 'production'],
    ['data.replicas.new', '5'],
    ['data.finished_at', '24 Nov 2026, 10:35:04 UTC'],
    ['data.ok', 'false'],
    ['data.none', '—'],
    ['data.absent', '—'],
    ['data.list', '["a"]'],
  ])('of %s is shown as %s', (field, shown) => {
    expect(shownValue(row, field, 'utc')).toBe(shown);
  });

  it('is a condition as long as all of it is known', () => {
    const values = ['actor', 'status', 'timestamp', 'data.replicas.new', 'data.ok', 'data.list', 'data.log'];
    expect(values.map((field) => filterValue(row, field))).toEqual([
      'ada',
      undefined,
      undefined,
      '5',
      'false',
      undefined,
      undefined,
    ]);
  });
});

describe('columnName', () => {
  it('is the last two parts of the path, in words', () => {
    expect(columnName('data.replicas.new')).toBe('Replicas new');
    expect(columnName('received_at')).toBe('Received at');
    expect(columnName('data."head sha"')).toBe('Head sha');
    expect(columnName('data.labels."app.example/na\\"me"')).toBe('Labels app.example/na"me');
  });
});
