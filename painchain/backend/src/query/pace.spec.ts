import { describe, expect, it } from 'vitest';
import { Pace, type PaceOptions, type Stepped } from './pace.js';

const place = (n: number) => ({ timestamp: '2026-01-01T00:00:00.000000Z', seq: String(1_000_000 - n) });

/** A walk that has all the time, unless it is said otherwise. */
const paceOf = (options: Partial<PaceOptions> = {}) =>
  new Pace({
    budgetMs: 1e9,
    wanted: 51,
    order: 'newest',
    after: undefined,
    hasRef: false,
    hasWords: false,
    ...options,
  });

/** Takes the step that is due and tells which it was. */
function step(pace: Pace, shown: Partial<Stepped> = {}): [string, number] {
  const taken: [string, number] = [pace.way, pace.size];
  pace.begin();
  pace.advance({ hits: 0, worded: 0, last: place(pace.size), ...shown });
  return taken;
}

describe('the pace of a walk', () => {
  it('grows while nothing is found, up to the largest step', () => {
    const pace = paceOf();
    const steps = Array.from({ length: 6 }, () => step(pace));
    expect(steps.map(([, size]) => size)).toEqual([1_000, 4_000, 16_000, 64_000, 250_000, 250_000]);
  });

  it('begins with few events where few are wanted, since these may be large', () => {
    expect(paceOf({ wanted: 2 }).size).toBe(40);
    expect(paceOf({ wanted: 2, hasWords: true }).size).toBe(300);
    expect(paceOf({ wanted: undefined }).size).toBe(1_000);
  });

  it('goes about as far as is needed by what was found', () => {
    const pace = paceOf();
    step(pace, { hits: 20 });
    expect(pace.size).toBeGreaterThan(1_550);
    expect(pace.size).toBeLessThan(2_500);
  });

  it.each([
    ['rare in what was looked at', { hits: 0, worded: 0 }, 'words'],
    ['rare, and soon enough found', { hits: 3, worded: 3 }, 'time'],
    ['common, though hardly anything else matches', { hits: 0, worded: 20 }, 'time'],
  ])('searches for words that are %s: %s', (_what, shown, way) => {
    const pace = paceOf({ hasWords: true });
    expect(step(pace, shown)).toEqual(['time', 300]);
    expect(pace.way).toBe(way);
  });

  it('searches for words whenever all are wanted and they are not common', () => {
    const pace = paceOf({ hasWords: true, wanted: undefined });
    step(pace, { hits: 3, worded: 3 });
    expect(pace.way).toBe('words');
  });

  it('follows a ref, whatever words are asked for', () => {
    const pace = paceOf({ hasRef: true, hasWords: true });
    step(pace);
    expect(pace.way).toBe('ref');
  });

  it('goes along the timeline when a search takes too long, and has no other way there', () => {
    const pace = paceOf({ hasWords: true });
    step(pace);
    expect([pace.giveUp(), pace.way, pace.giveUp()]).toEqual([true, 'time', false]);
  });

  it.each(['newest', 'oldest'] as const)(
    'searches for more when one instant has more than a step, %s first',
    (order) => {
      const pace = paceOf({ hasWords: true, order });
      step(pace, { last: place(5) });
      const taken = Array.from({ length: 5 }, () => step(pace, { last: place(5) }));
      expect(taken.map(([way, size]) => `${way} ${size}`)).toEqual([
        'words 4000',
        'words 16000',
        'words 64000',
        'words 250000',
        'time 1000',
      ]);
      expect(pace.reached).toEqual(place(5));
    },
  );

  it('always takes its first step, and none after its time', () => {
    const pace = paceOf({ budgetMs: 0 });
    expect([pace.isOver, pace.begin()]).toEqual([false, undefined]);
    step(pace);
    expect([pace.isOver, pace.begin()]).toEqual([true, 1]);
  });

  it('leaves half of its time to do without a search', () => {
    const pace = paceOf({ hasWords: true, budgetMs: 1e6 });
    step(pace);
    expect(pace.begin()).toBeLessThanOrEqual(5e5);
  });
});
