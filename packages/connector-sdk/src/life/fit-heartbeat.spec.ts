import { Heartbeat, type SourceStatus, limits } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { fitHeartbeat } from './fit-heartbeat.js';

const at = '2026-11-24T07:00:00.000Z';
const trouble = { code: 'late', detail: 'd'.repeat(200), remedy: 'r'.repeat(200), since: at };

function source(n: number, intervals: number, troubled = false): SourceStatus {
  const reason = `outage of ${n} `.repeat(10);
  return {
    source: `https://git.example.com/acme/repository-${n}.git`,
    project: `acme/repository-${n}`,
    state: troubled ? 'failing' : 'healthy',
    watermark: at,
    last_sync: at,
    next_sync: at,
    lag_seconds: 1,
    rate_limit: null,
    progress: null,
    trouble: troubled ? trouble : null,
    intervals: Array.from({ length: intervals }, () => ({ from: at, to: at, kind: 'late' as const, reason })),
  };
}

function heartbeat(leases: number, sources: (n: number) => SourceStatus[]): Heartbeat {
  const held = Array.from({ length: leases }, (_, n) => ({
    integration_id: `int_${n}`,
    epoch: 1,
    sources: sources(n),
    trouble: null,
  }));
  return { state: 'running', leases: held, command_results: [] };
}

const many = (count: number, intervals: number) =>
  Array.from({ length: count }, (_, n) => source(n, intervals, n === count - 1));

describe('a heartbeat', () => {
  it('that fits is told as it is', () => {
    const given = heartbeat(2, () => many(3, 2));
    expect(fitHeartbeat(given).leases[0]?.sources).toHaveLength(3);
    expect(fitHeartbeat(given).leases[0]?.sources[0]?.intervals).toHaveLength(2);
  });

  it.each([
    ['five hundred repositories with a long story', 1, 500, 40],
    ['many integrations with many sources', 100, 200, 1],
    ['as many integrations as a process takes, each with many sources', 200, 300, 0],
  ])('of %s keeps all leases and what is in trouble, and fits', (_, leases, sources, intervals) => {
    const fitted = fitHeartbeat(heartbeat(leases, () => many(sources, intervals)));
    expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThanOrEqual(limits.bodyBytes);
    expect(Heartbeat.safeParse(fitted).success).toBe(true);
    expect(fitted.leases).toHaveLength(leases);
    expect(fitted.leases[0]?.sources[0]?.trouble).toEqual(trouble);
  });
});
