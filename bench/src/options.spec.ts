import { ConfigurationError } from '@painchain/runtime';
import { describe, expect, it } from 'vitest';
import { isWanted, readOptions } from './options.js';

const known = ['facets-24h', 'facets-30d', 'ref', 'partitions'];
const read = (args: string) => readOptions(args.split(' ').filter(Boolean), known);

describe('readOptions', () => {
  it('takes a million events in a database of its own unless told otherwise', () => {
    expect(read('')).toEqual({
      only: [],
      events: 1_000_000,
      json: undefined,
      keep: undefined,
      settings: 'shipped',
    });
  });

  it('reads what it is given', () => {
    const args = '--only facets --only ref --events 10000000 --json a.json --keep b --settings server';
    expect(read(args)).toEqual({
      only: ['facets', 'ref'],
      events: 10_000_000,
      json: 'a.json',
      keep: 'b',
      settings: 'server',
    });
  });

  it.each([
    ['--events few'],
    ['--events 100'],
    ['--settings fast'],
    ['--onyl ref'],
    ['--json'],
    ['--only facet'],
    ['--only partitions --keep a'],
  ])('refuses %s in words', (args) => {
    expect(() => read(args)).toThrow(ConfigurationError);
  });
});

describe('isWanted', () => {
  it('takes a name, or how it begins up to a dash', () => {
    const names = ['ref', 'refs', 'histogram-24h', 'histogram-30d'];
    expect(names.filter((name) => isWanted(name, ['ref', 'histogram']))).toEqual([
      'ref',
      'histogram-24h',
      'histogram-30d',
    ]);
    expect(names.filter((name) => isWanted(name, []))).toEqual(names);
  });
});
