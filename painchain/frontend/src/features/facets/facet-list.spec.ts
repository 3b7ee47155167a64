import { limits } from '@painchain/contract/limits';
import { describe, expect, it } from 'vitest';
import { facetLabel, facetList, isAddable, toggled } from './facet-list.js';

describe('facetList', () => {
  it('has what is pinned first and what was added last, each once', () => {
    const facets = facetList(['status', 'data.branch'], ['data.branch', 'severity', 'repo']);
    expect(facets.slice(0, 3)).toEqual(['status', 'data.branch', 'connector']);
    expect(facets.slice(-2)).toEqual(['type', 'severity']);
    expect(new Set(facets).size).toBe(facets.length);
  });

  it('leaves out what cannot be counted, whoever wrote it down', () => {
    expect(facetList(['id', 'timestamp', 'nothing', 'data.', ''], [])).toEqual(facetList([], []));
  });

  it('asks for no more than one request may count', () => {
    const many = Array.from({ length: 50 }, (_, index) => `data.field${index}`);
    expect(facetList(many, [])).toHaveLength(limits.facets);
  });
});

describe('a facet', () => {
  it('may be added once, by whichever of its names', () => {
    expect(isAddable('data.branch', ['project'])).toBe(true);
    expect(isAddable('repo', ['project'])).toBe(false);
    expect(isAddable('id', [])).toBe(false);
  });

  it('is called by its field', () => {
    expect(['status', 'data.pull_request.number'].map(facetLabel)).toEqual(['Status', 'pull_request.number']);
  });

  it('is folded and unfolded', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
