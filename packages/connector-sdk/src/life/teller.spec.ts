import { Heartbeat, limits } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import type { Source } from '../connector.js';
import { SourceHealth } from '../schedule/source-health.js';
import { SourceError } from '../source-error.js';
import { Teller } from './teller.js';

const now = Date.UTC(2026, 10, 24, 7);
const at = new Date(now).toISOString();
const away = new SourceError({ code: 'away', detail: 'no answer', remedy: 'r', kind: 'upstream' });

function source(n: number, intervals = 0): SourceHealth {
  const named = { name: `https://git.example.com/acme/repository-${n}.git`, project: `acme/repository-${n}` };
  const health = new SourceHealth({ ...named, intervalSeconds: 60 } as Source, at);
  health.succeeded(now);
  const reason = `outage of ${n} `.repeat(10);
  for (let index = 0; index < intervals; index += 1) {
    health.coverage({ from: at, to: new Date(now + index).toISOString(), kind: 'late', reason });
  }
  return health;
}

/** A process with so many leases, each of so many sources with so many intervals. */
function processOf(leases: number, sources: number, intervals = 0) {
  const health = Array.from({ length: leases }, () =>
    Array.from({ length: sources }, (_, n) => source(n, intervals)),
  );
  const workers = health.map((own, n) => ({
    proof: { integration_id: `int_${n}`, epoch: 1 },
    trouble: null,
    drift: null,
    known: true,
    health: () => own,
  }));
  return { health, workers };
}

const toldIn = ({ leases }: Heartbeat) => leases.flatMap(({ sources }) => sources);

describe('a heartbeat', () => {
  it('tells everything where that fits', () => {
    const { heartbeat } = new Teller().next(processOf(2, 3, 40).workers, [], now, true);
    expect(heartbeat.leases.map(({ sources, partial }) => [sources.length, partial])).toEqual([
      [3, undefined],
      [3, undefined],
    ]);
    expect(toldIn(heartbeat).every(({ intervals }) => intervals.length === 40)).toBe(true);
  });

  it.each([
    ['five hundred repositories with a long story', 1, 500, 40],
    ['many integrations with many sources', 100, 200, 1],
    ['as many integrations as a process takes, each with many sources', 200, 300, 0],
  ])('of %s fits, with all leases', (_, leases, sources, intervals) => {
    const { heartbeat } = new Teller().next(processOf(leases, sources, intervals).workers, [], now, false);
    expect(Buffer.byteLength(JSON.stringify(heartbeat))).toBeLessThanOrEqual(limits.bodyBytes);
    expect(Heartbeat.safeParse(heartbeat).success).toBe(true);
    expect(heartbeat.leases).toHaveLength(leases);
    expect(toldIn(heartbeat).length).toBeGreaterThan(400);
  });

  it('tells each of ten thousand sources within a few, and says which leases are told in parts', () => {
    const { workers } = processOf(200, 50);
    const teller = new Teller();
    const told = new Set<string>();
    for (let beat = 0; beat < 5; beat += 1) {
      const { heartbeat, arrived } = teller.next(workers, [], now, false);
      for (const { integration_id: id, sources, partial } of heartbeat.leases) {
        expect(partial).toBe(sources.length < 50 ? true : undefined);
        for (const status of sources) told.add(`${id} ${status.source}`);
      }
      arrived();
    }
    expect(told.size).toBe(10_000);
  });

  it('tells first whose state has changed, also in a small one out of turn', () => {
    const { workers, health } = processOf(200, 50);
    const teller = new Teller();
    for (let beat = 0; beat < 5; beat += 1) teller.next(workers, [], now, false).arrived();
    health.slice(0, 20).forEach(([first]) => first?.failed(away, now));
    const { heartbeat, arrived } = teller.next(workers, [], now, true);
    expect(Buffer.byteLength(JSON.stringify(heartbeat))).toBeLessThan(120 * 1024);
    expect(toldIn(heartbeat).filter(({ state }) => state === 'failing')).toHaveLength(20);
    arrived();
    const next = teller.next(workers, [], now, true);
    expect(toldIn(next.heartbeat).filter(({ state }) => state === 'failing')).toHaveLength(0);
  });

  it('leaves what was told before as it is while the sources are not known yet', () => {
    const [worker] = processOf(1, 0).workers;
    if (!worker) throw new Error('no worker');
    const leaseOf = (known: boolean) =>
      new Teller().next([{ ...worker, known }], [], now, false).heartbeat.leases;
    expect(leaseOf(false)).toMatchObject([{ sources: [], partial: true }]);
    expect(leaseOf(true)).toEqual([{ integration_id: 'int_0', epoch: 1, trouble: null, sources: [] }]);
  });

  it('tells again what has not arrived', () => {
    const { workers, health } = processOf(200, 50);
    const teller = new Teller();
    for (let beat = 0; beat < 5; beat += 1) teller.next(workers, [], now, false).arrived();
    health.at(-1)?.at(-1)?.failed(away, now);
    for (let beat = 0; beat < 2; beat += 1) {
      const { heartbeat } = teller.next(workers, [], now, true);
      expect(toldIn(heartbeat).map(({ state }) => state)).toContain('failing');
    }
  });
});
