import { parse } from '@painchain/query';
import { describe, expect, it } from 'vitest';
import { scopeOf } from './coverage-scope.js';

const of = (text: string) => scopeOf(parse(text));

describe('the sources that a query speaks of', () => {
  it('are all of them without one', () => {
    expect(of('')).toEqual({ connectors: [], projects: [], isWhole: true });
  });

  it('are named by connector and project', () => {
    expect(of('connector:git project:acme/api')).toEqual({
      connectors: ['git'],
      projects: ['acme/api'],
      isWhole: true,
    });
    expect(of('connector:(git OR fossil)').connectors).toEqual(['git', 'fossil']);
  });

  it.each(['status:failure', '-connector:git', 'connector:git*', 'deploy', 'connector:git OR status:ok'])(
    'leave events out with %s',
    (text) => {
      expect(of(text)).toEqual({ connectors: [], projects: [], isWhole: false });
    },
  );

  it('are not guessed from two conditions on one field', () => {
    expect(of('connector:git connector:fossil')).toEqual({
      connectors: ['git'],
      projects: [],
      isWhole: false,
    });
  });
});
