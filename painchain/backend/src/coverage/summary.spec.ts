import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quality, qualities } from './quality.js';
import { type Stretch, worstOf, within } from './stretches.js';
import { summaryOf } from './summary.js';

const window = { fromMs: 0, toMs: 100 };

const stretch = (fromMs: number, toMs: number, quality: Quality): Stretch => ({
  fromMs,
  toMs,
  quality,
  reason: undefined,
});

const all = stretch(0, 100, 'complete');

describe('the summary of a window', () => {
  it.each<[string, Stretch[], string, number | undefined]>([
    ['seen', [all], 'complete', 100],
    ['caught up with', [stretch(0, 10, 'caught_up'), stretch(10, 100, 'complete')], 'complete', 100],
    ['not due yet', [stretch(0, 90, 'complete'), stretch(90, 100, 'pending')], 'complete', 90],
    ['made out afterwards', [all, stretch(40, 50, 'reconstructed')], 'late', 40],
    [
      'made out by the first look',
      [stretch(0, 50, 'backfilled'), stretch(50, 100, 'complete')],
      'not_connected',
      undefined,
    ],
    [
      'blind and not connected',
      [stretch(0, 50, 'not_connected'), stretch(50, 100, 'blind')],
      'blind',
      undefined,
    ],
    ['in the future', [], 'not_connected', undefined],
  ])('that was %s', (_, stretches, verdict, completeUntilMs) => {
    expect(summaryOf(stretches, window)).toEqual({ verdict, completeUntilMs });
  });

  it('is the same before and after the stretches are put together', () => {
    const anyStretch = fc
      .tuple(
        fc.integer({ min: -20, max: 99 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...qualities),
      )
      .map(([from, length, quality]) => stretch(from, from + length, quality));
    fc.assert(
      fc.property(fc.array(anyStretch, { maxLength: 10 }), (given) => {
        const seen = within(window, [all, ...given]);
        const together = worstOf(seen);
        expect(summaryOf(together, window)).toEqual(summaryOf(seen, window));
      }),
    );
  });
});
