import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, demandIn } from './demand.js';

const integration = (type: string, more: object = {}) => ({
  type,
  managed_by: 'api',
  health: 'never_connected',
  name: 'x',
  ...more,
});

describe('what is needed', () => {
  it('is what is connected in the interface and not paused', () => {
    const integrations = [
      integration('github'),
      integration('git', { managed_by: 'file' }),
      integration('gitlab', { health: 'paused' }),
      integration('kubernetes', { health: 'failing' }),
    ];
    const connectors = [
      { type: 'git', state: 'running' },
      { type: 'git', state: 'running' },
      { type: 'github', state: 'silent' },
      { type: 'kubernetes', state: 'stopped' },
    ];
    const { wanted, running } = demandIn({ integrations }, { connectors });
    expect([...wanted]).toEqual(['github', 'kubernetes']);
    expect([...running]).toEqual([['git', 2]]);
  });

  it.each([undefined, {}, { title: 'The database is being prepared', status: 503 }])(
    'is unknown when the backend does not tell: %j',
    (answer) => {
      expect(() => demandIn(answer, { connectors: [] })).toThrow();
      expect(() => demandIn({ integrations: [] }, answer)).toThrow();
    },
  );
});

describe('a connector without a file', () => {
  const demand = (wanted: string[], running: [string, number][] = []) => ({
    wanted: new Set(wanted),
    running: new Map(running),
  });

  it('is started where nobody else does the work', () => {
    expect(decide(demand(['github']), [], [])).toEqual({ start: ['github'], stop: [] });
    expect(decide(demand(['github'], [['github', 1]]), [], [])).toEqual({ start: [], stop: [] });
    expect(decide(demand(['github']), [], ['github'])).toEqual({ start: [], stop: [] });
  });

  it('goes on as long as something is connected, whether or not it has registered yet', () => {
    expect(decide(demand(['github']), ['github'], [])).toEqual({ start: [], stop: [] });
    expect(decide(demand(['github'], [['github', 1]]), ['github'], [])).toEqual({ start: [], stop: [] });
    expect(decide(demand([], [['github', 1]]), ['github'], [])).toEqual({ start: [], stop: ['github'] });
  });

  it('makes room for one with a file once both run, and not before', () => {
    const both = ['github'];
    expect(decide(demand(both, [['github', 1]]), both, both).stop).toEqual([]);
    expect(decide(demand(both, [['github', 2]]), both, both).stop).toEqual(both);
  });

  it('is never started and stopped at once, nor twice', () => {
    const type = fc.constantFrom<string>('git', 'github', 'gitlab');
    const types = fc.uniqueArray(type);
    const counts = fc.array(fc.tuple(type, fc.nat(3)));
    fc.assert(
      fc.property(types, counts, types, types, (wanted, running, ours, configured) => {
        const { start, stop } = decide(demand(wanted, running), ours, configured);
        expect(start.filter((type) => stop.includes(type) || ours.includes(type))).toEqual([]);
        expect(stop.every((type) => ours.includes(type))).toBe(true);
        expect(start.every((type) => wanted.includes(type))).toBe(true);
      }),
    );
  });
});
