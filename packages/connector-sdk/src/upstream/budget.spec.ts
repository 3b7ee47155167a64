import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from './budget.js';

const hourMs = 3_600_000;
const beginning = Date.UTC(2026, 10, 24, 12);

interface Life {
  /** Requests an hour that the sources make at pace 1. */
  demand: number;
  /** Requests an hour that others make with the credential. */
  others?: number;
  intervalSeconds?: number;
  seed?: number;
}

/** An hour of 400 sources that live by a budget of 5,000 requests. */
function live({ demand, others = 0, intervalSeconds = 60, seed = 1 }: Life) {
  const random = (
    (state) => () =>
      (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31
  )(seed);
  const [limit, resetsAt, sources] = [5_000, beginning + hourMs, 400];
  const budget = new Budget();
  const perRun = (demand * intervalSeconds) / 3_600 / sources;
  const ranAt = Array.from({ length: sources }, () => beginning - random() * intervalSeconds * 1000);
  const paces: number[] = [];
  let [left, asked, foreign] = [limit, 0, 0];
  for (let now = beginning; now < resetsAt; now += 1_000) {
    foreign += others / 3_600;
    for (; foreign >= 1; foreign -= 1) left -= 1;
    const pause = intervalSeconds * 1000 * budget.pace(now);
    ranAt.forEach((at, source) => {
      if (now - at < pause) return;
      ranAt[source] = now;
      for (let cost = perRun; cost > 0 && random() < cost; cost -= 1) {
        const question = budget.ask();
        [left, asked] = [left - 1, asked + 1];
        budget.answer(question, { limit, remaining: Math.max(0, left), resetsAt }, true, now);
      }
    });
    paces.push(budget.pace(now));
  }
  return { left, asked, paces, settled: paces.slice(1_200) };
}

describe('a budget', () => {
  it('lasts until it is reset, although the sources want four times as much', () => {
    const { left, asked, settled } = live({ demand: 20_000 });
    expect(left).toBeGreaterThan(250);
    expect(asked).toBeGreaterThan(4_000);
    expect(Math.max(...settled) / Math.min(...settled)).toBeLessThan(2);
  });

  it('slows nobody down who wants less than there is', () => {
    const { paces, asked } = live({ demand: 2_000 });
    expect(Math.max(...paces)).toBe(1);
    expect(asked).toBeGreaterThan(1_850);
  });

  it('never runs out, whatever is wanted, how often, and with others who spend of it', () => {
    const life = fc.record({
      demand: fc.integer({ min: 100, max: 25_000 }),
      others: fc.integer({ min: 0, max: 1_500 }),
      intervalSeconds: fc.integer({ min: 30, max: 200 }),
      seed: fc.nat(1_000),
    });
    fc.assert(
      fc.property(life, (given) => {
        const { left, paces } = live(given);
        expect(left).toBeGreaterThan(0);
        expect(Math.min(...paces)).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  }, 20_000);

  const told = (remaining: number, resetsAt = beginning + hourMs) => ({ limit: 5_000, remaining, resetsAt });

  it('believes the lowest of answers that overtook each other, and any later one', () => {
    const budget = new Budget();
    const [one, two] = [budget.ask(), budget.ask()];
    budget.answer(two, told(90), true, beginning);
    budget.answer(one, told(91), true, beginning);
    expect(budget.limit(beginning)?.remaining).toBe(90);
    budget.answer(budget.ask(), told(95), true, beginning);
    expect(budget.limit(beginning)?.remaining).toBe(95);
  });

  it('is not taken back into a window that is over by a slow answer', () => {
    const budget = new Budget();
    const slow = budget.ask();
    budget.answer(budget.ask(), told(4_999, beginning + 2 * hourMs), true, beginning + hourMs);
    budget.answer(slow, told(0), true, beginning + hourMs);
    expect(budget.limit(beginning + hourMs)?.remaining).toBe(4_999);
  });

  it('also bears what costs nothing no faster than the upstream does, where that has limits', () => {
    const askedPerMinute = (
      perMinute: number,
      limit: ReturnType<typeof told> | undefined,
      isLimited?: boolean,
    ) => {
      const budget = new Budget(perMinute, isLimited);
      const ranAt = Array.from({ length: 1_000 }, (_, source) => beginning - source * 300);
      let asked = 0;
      for (let now = beginning; now < beginning + hourMs / 2; now += 1_000) {
        ranAt.forEach((at, source) => {
          if (now - at < 300_000 * budget.pace(now)) return;
          ranAt[source] = now;
          for (let n = 0; n < 9; n++) budget.answer(budget.ask(), limit, false, now);
          if (now >= beginning + hourMs / 4) asked += 9;
        });
      }
      return asked / 15;
    };
    expect(askedPerMinute(800, told(4_900))).toBeLessThan(900);
    expect(askedPerMinute(800, told(4_900))).toBeGreaterThan(600);
    expect(askedPerMinute(800, undefined)).toBeGreaterThan(1_700);
    expect(askedPerMinute(800, undefined, true)).toBeLessThan(900);
  });

  it('of a minute is no longer used up after a while, however often it is asked how fast to go', () => {
    const budget = new Budget();
    const minuteMs = 60_000;
    let refused = 0;
    for (let minute = 0; minute < 30; minute += 1) {
      const begins = beginning + minute * minuteMs;
      let left = 2_000;
      for (let now = begins; now < begins + minuteMs; now += 20 * budget.pace(now)) {
        if (budget.limit(now)?.remaining === 0) {
          refused += minute < 15 ? 0 : 1;
          continue;
        }
        left -= 1;
        budget.answer(
          budget.ask(),
          { limit: 2_000, remaining: left, resetsAt: begins + minuteMs },
          true,
          now,
        );
      }
    }
    expect(refused).toBe(0);
  });

  it('is unknown before the first answer, after its reset, and when what is told makes no sense', () => {
    const budget = new Budget();
    expect([budget.limit(beginning), budget.pace(beginning)]).toEqual([undefined, 1]);
    budget.answer(budget.ask(), told(Number.NaN), true, beginning);
    expect(budget.limit(beginning)).toBeUndefined();
    budget.answer(budget.ask(), told(0, beginning + 7 * 24 * hourMs), true, beginning);
    expect(budget.limit(beginning)?.resetsAt).toBe(beginning + hourMs);
    expect(budget.limit(beginning + hourMs)).toBeUndefined();
  });
});
