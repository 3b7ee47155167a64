import { limits } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { counted, firstLine, refsOf } from './words.js';

describe('the words that connectors share', () => {
  it('count', () => {
    expect([0, 1, 2].map((count) => counted(count, 'commit'))).toEqual([
      '0 commits',
      '1 commit',
      '2 commits',
    ]);
  });

  it('find the line that says something', () => {
    expect(firstLine('\n  \n Raise the limit \n\nWhy', 'a commit')).toBe('Raise the limit');
    expect(firstLine(' \n', 'a commit')).toBe('a commit');
  });

  it('list each key once, and none that the contract refuses', () => {
    const many = Array.from({ length: 200 }, (_, n) => `run:${n % 150}`);
    const refs = refsOf('commit:a', undefined, 'commit:a', 'x'.repeat(limits.ref + 1), ...many);
    expect(refs).toHaveLength(limits.refs);
    expect(refs.slice(0, 2)).toEqual(['commit:a', 'run:0']);
    expect(refsOf('x'.repeat(limits.ref))).toHaveLength(1);
  });
});
