import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstsOf, closest, lanesOf, openAtFirst, ticksOf } from './lanes.js';
import { rowAt } from './testing.js';

const at = Date.parse('2026-11-24T10:35:00Z');
const minute = 60_000;

const rows = fc.array(
  fc
    .record({
      offset: fc.integer({ min: -30 * minute, max: 30 * minute }),
      project: fc.constantFrom('a', 'b', 'c', 'd'),
      status: fc.constantFrom(null, 'success', 'failure', 'running'),
      id: fc.integer({ min: 0, max: 60 }).map((n) => `evt_${n}`),
    })
    .map(({ offset, ...part }) => rowAt(at + offset, part)),
  { maxLength: 60 },
);

describe('lanes', () => {
  it('come failures first, then nearness to the moment', () => {
    const lanes = lanesOf(
      [
        rowAt(at - minute, { project: 'near' }),
        rowAt(at + 2 * minute, { project: 'next' }),
        rowAt(at + 9 * minute, { project: 'broken', status: 'failure' }),
        rowAt(at - 3 * minute, { project: 'broken-nearer', status: 'failed' }),
      ],
      at,
    );
    expect(lanes.map(({ project }) => project)).toEqual(['broken-nearer', 'broken', 'near', 'next']);
  });

  it('hold their events in the order in which they happened, with signed offsets', () => {
    const [lane] = lanesOf(
      [rowAt(at + 5_000), rowAt(at - 252_000), rowAt('2026-11-24T10:35:00.000456Z')],
      at,
    );
    expect(lane?.events.map(({ offsetMs }) => offsetMs)).toEqual([-252_000, 0, 5_000]);
  });

  it('hold every event once, whatever comes in', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const lanes = lanesOf(given, at);
        const ids = lanes.flatMap(({ events }) => events.map(({ row }) => row.id));
        expect(ids.toSorted()).toEqual([...new Set(given.map(({ id }) => id))].toSorted());
        expect(lanes.map(({ failures }) => failures > 0)).toEqual(
          lanes.map(({ failures }) => failures > 0).toSorted((one, other) => Number(other) - Number(one)),
        );
        for (const { events, nearestMs } of lanes) {
          const offsets = events.map(({ offsetMs }) => offsetMs);
          expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
          expect(nearestMs).toBe(Math.min(...offsets.map(Math.abs)));
        }
      }),
    );
  });

  it('do not depend on the order of the answer', () => {
    fc.assert(
      fc.property(fc.uniqueArray(rows, { maxLength: 1 }), (lists) => {
        const unique = [...new Map(lists.flat().map((row) => [row.id, row])).values()];
        expect(lanesOf(unique.toReversed(), at)).toEqual(lanesOf(unique, at));
      }),
    );
  });
});

describe('bursts', () => {
  const of = (given: Parameters<typeof lanesOf>[0]) =>
    lanesOf(given, at).flatMap(({ events }) => burstsOf(events));
  const pod = (n: number, offset: number, status = 'failure') =>
    rowAt(at + offset, { id: `evt_${n}`, title: `Pod checkout-7d9f${n} restarted`, status });

  it('are what happens over and over', () => {
    const bursts = of([1, 2, 3].map((n) => pod(n, n * minute)));
    expect(bursts.map(({ first, last, events }) => [first.row.id, last.row.id, events.length])).toEqual([
      ['evt_1', 'evt_3', 3],
    ]);
  });

  it('end with another status or title, after a while, and at the moment', () => {
    expect(of([pod(1, minute), pod(2, 2 * minute, 'success'), pod(3, 3 * minute)])).toHaveLength(3);
    expect(of([pod(1, minute), rowAt(at + 2 * minute, { status: 'failure' })])).toHaveLength(2);
    expect(of([pod(1, minute), pod(2, 7 * minute)])).toHaveLength(2);
    expect(of([pod(1, -minute), pod(2, minute)])).toHaveLength(2);
  });

  it('hold every event once and in order, failures among themselves', () => {
    fc.assert(
      fc.property(rows, (given) => {
        for (const { events } of lanesOf(given, at)) {
          const bursts = burstsOf(events);
          expect(bursts.flatMap((burst) => burst.events)).toEqual(events);
          for (const burst of bursts)
            expect(new Set(burst.events.map(({ isFailure }) => isFailure)).size).toBe(1);
        }
      }),
    );
  });
});

describe('what is listed at first', () => {
  const word = (n: number) => String.fromCodePoint(0x61 + (n % 26), 0x61 + Math.floor(n / 26));
  const lane = (project: string, count: number) =>
    Array.from({ length: count }, (_, n) =>
      rowAt(at + n * 1_000, { project, id: `evt_${project}${n}`, title: word(n) }),
    );

  it('is as many lanes as fit, and always the first', () => {
    const lanes = lanesOf([...lane('a', 300), ...lane('b', 30), ...lane('c', 1)], at);
    expect([...openAtFirst(lanes, 40)]).toEqual(['a', 'b']);
    expect([...openAtFirst(lanes, 1)]).toEqual(['a']);
  });

  it('is what lies closest, and every failure before anything else', () => {
    const broken = rowAt(at - 20 * minute, { status: 'failure', id: 'evt_broken' });
    const [only] = lanesOf([...lane('acme/api', 50), broken], at);
    const shown = closest(burstsOf(only?.events ?? []), 3);
    expect(shown.map(({ first }) => first.row.id)).toEqual(['evt_broken', 'evt_acme/api0', 'evt_acme/api1']);
  });
});

describe('what is closest', () => {
  it('is a burst that goes on to the moment, however early it began', () => {
    const burst = [20, 16, 12, 8, 4, 0.1].map((minutes, n) =>
      rowAt(at - minutes * minute, { id: `evt_${n}`, title: `Restart ${n}` }),
    );
    const later = rowAt(at + minute, { title: 'Something else' });
    const [lane] = lanesOf([...burst, later], at);
    expect(closest(burstsOf(lane?.events ?? []), 1)[0]?.events).toHaveLength(burst.length);
  });
});

describe('ticks', () => {
  it('lie across the window, with the moment in the middle', () => {
    const [lane] = lanesOf([rowAt(at - 30 * minute), rowAt(at), rowAt(at + 30 * minute)], at);
    expect(ticksOf(lane?.events ?? [], 30 * minute).map(({ x }) => x)).toEqual([0, 500, 1_000]);
  });

  it('never hide a failure behind a success', () => {
    const events = lanesOf(
      [rowAt(at, { status: 'failure', id: 'evt_1' }), rowAt(at + 1, { status: 'success', id: 'evt_2' })],
      at,
    ).flatMap((lane) => lane.events);
    expect(ticksOf(events, 30 * minute)).toEqual([{ x: 500, isFailure: true }]);
  });

  it('stay in the window and are few, whatever happened', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 30 * minute }), (given, halfMs) => {
        const ticks = ticksOf(
          lanesOf(given, at).flatMap((lane) => lane.events),
          halfMs,
        );
        expect(ticks.length).toBeLessThanOrEqual(201);
        for (const { x } of ticks) expect(x >= 0 && x <= 1_000).toBe(true);
      }),
    );
  });
});
