import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf, qualities, type Quality, rankOf, severityOf } from './quality.js';
import { bounded, filledUp, type Stretch, type Window, within, worstOf } from './stretches.js';

const window: Window = { fromMs: 0, toMs: 100 };

const stretch = (fromMs: number, toMs: number, quality: Quality, reason?: string): Stretch => ({
  fromMs,
  toMs,
  quality,
  reason,
});

const anyStretch = fc
  .tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom(...qualities))
  .map(([from, length, quality]) => stretch(from, from + length, quality, quality));

const all = stretch(0, 100, 'complete');

/** What tiles the window. */
const anySight = fc
  .array(anyStretch, { maxLength: 12 })
  .map((given) => worstOf(within(window, [all, ...given])));

const at = (stretches: readonly Stretch[], moment: number) =>
  stretches.filter(({ fromMs, toMs }) => fromMs <= moment && moment < toMs);

function expectTiled(stretches: readonly Stretch[]): void {
  expect(stretches[0]?.fromMs).toBe(window.fromMs);
  expect(stretches.at(-1)?.toMs).toBe(window.toMs);
  for (const [index, { fromMs, toMs }] of stretches.entries()) {
    expect(fromMs).toBeLessThan(toMs);
    if (index > 0) expect(stretches[index - 1]?.toMs).toBe(fromMs);
  }
}

describe('qualities', () => {
  it('that are worse have no better verdict and miss no less', () => {
    const severities = qualities.map((quality) => severityOf(meaningOf(quality).verdict));
    expect(severities).toEqual(severities.toSorted((a, b) => a - b));
    const missing = qualities.map((quality) => meaningOf(quality).missing);
    expect(missing).toEqual([...missing].sort((a, b) => Number(a) - Number(b)));
  });
});

describe('the worst of many stretches', () => {
  it('is at each moment the worst that any of them says, and nothing where none speaks', () => {
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 15 }), (given) => {
        const merged = worstOf(given);
        for (let moment = -20; moment < 200; moment++) {
          const ranks = at(given, moment).map(({ quality }) => rankOf(quality));
          const found = at(merged, moment).map(({ quality }) => rankOf(quality));
          expect(found).toEqual(ranks.length === 0 ? [] : [Math.max(...ranks)]);
        }
      }),
    );
  });

  it('is in order, without overlap, and without neighbours that say the same', () => {
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 15 }), (given) => {
        const merged = worstOf(given);
        for (const [index, next] of merged.entries()) {
          const before = merged[index - 1];
          if (!before) continue;
          expect(before.toMs).toBeLessThanOrEqual(next.fromMs);
          expect([before.toMs, before.quality]).not.toEqual([next.fromMs, next.quality]);
        }
      }),
    );
  });

  it('keeps the reason of what is worst', () => {
    const merged = worstOf([all, stretch(10, 30, 'late', 'slow'), stretch(20, 25, 'blind', 'no answer')]);
    expect(merged.map(({ fromMs, reason }) => [fromMs, reason])).toEqual([
      [0, undefined],
      [10, 'slow'],
      [20, 'no answer'],
      [25, 'slow'],
      [30, undefined],
    ]);
  });
});

describe('filling up', () => {
  it('leaves what is said, and says the rest', () => {
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 6 }), anySight, (given, others) => {
        const said = worstOf(within(window, given));
        const filled = filledUp(said, others);
        expectTiled(filled);
        for (let moment = 0; moment < 100; moment++) {
          const [expected] = [...at(said, moment), ...at(others, moment)];
          expect(at(filled, moment).map(({ quality }) => quality)).toEqual([expected?.quality]);
        }
      }),
    );
  });
});

describe('bounding', () => {
  it('keeps within the bound and never makes a moment look better', () => {
    fc.assert(
      fc.property(anySight, fc.integer({ min: 1, max: 8 }), (given, most) => {
        const kept = bounded(given, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expectTiled(kept);
        for (let moment = 0; moment < 100; moment++) {
          const [before, after] = [at(given, moment)[0], at(kept, moment)[0]];
          expect(rankOf(after?.quality ?? 'gone')).toBeGreaterThanOrEqual(rankOf(before?.quality ?? 'blind'));
        }
      }),
    );
  });

  it('changes nothing that is within it', () => {
    fc.assert(
      fc.property(anySight, (given) => {
        expect(bounded(given, 100)).toEqual(given);
      }),
    );
  });

  it('joins what was seen shortest between two gaps first', () => {
    const gaps = [stretch(10, 20, 'blind'), stretch(22, 30, 'blind'), stretch(60, 70, 'blind')];
    const kept = bounded(filledUp(gaps, [all]), 5);
    expect(kept.map(({ fromMs, quality }) => [fromMs, quality])).toEqual([
      [0, 'complete'],
      [10, 'blind'],
      [30, 'complete'],
      [60, 'blind'],
      [70, 'complete'],
    ]);
  });
});
