import { describe, expect, it } from 'vitest';
import { foremostTrouble, isOurs, isRemovable, tightestLimit, worstSourcesFirst } from './standing.js';
import { integration, source, trouble } from './testing.js';

const limit = (remaining: number, of: number) => ({
  rate_limit: { limit: of, remaining, resets_at: '2026-01-01T00:00:00Z' },
});

describe('how an integration stands', () => {
  it('lists the worst sources first, of equal ones those that are furthest behind', () => {
    const sources = [
      source({ source: 'a' }),
      source({ source: 'b', lag_seconds: 9 }),
      source({ source: 'c', state: 'late' }),
      source({ source: 'd', state: 'action_required' }),
    ];
    expect(worstSourcesFirst(sources).map((each) => each.source)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('tells its own trouble before that of a source, and how many more there are', () => {
    const sources = [source(), source({ source: 'b', project: 'B', state: 'failing', trouble })];
    const own = { ...trouble, detail: 'All of it.' };
    expect(foremostTrouble(integration({ sources }))).toEqual({ trouble, source: 'B', others: 0 });
    expect(foremostTrouble(integration({ sources, trouble: own }))).toEqual({
      trouble: own,
      source: undefined,
      others: 1,
    });
    expect(foremostTrouble(integration({ sources: [source()] }))).toBeUndefined();
  });

  it('finds the rate limit of which the least is left', () => {
    const sources = [source(limit(900, 5_000)), source(), source(limit(20, 60)), source(limit(0, 0))];
    expect(tightestLimit(sources)?.remaining).toBe(900);
    expect(tightestLimit([source()])).toBeUndefined();
  });

  it('is changed here unless a file manages it, and may be removed once the connector of that file is gone', () => {
    const [ours, filed] = [integration(), integration({ managed_by: 'file' })];
    const orphaned = integration({ managed_by: 'file', health: 'orphaned' });
    expect([ours, filed, orphaned].map(isOurs)).toEqual([true, false, false]);
    expect([ours, filed, orphaned].map(isRemovable)).toEqual([true, false, true]);
  });
});
