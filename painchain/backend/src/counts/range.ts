import type { Clock } from '../config/clock.js';
import { ProblemError } from '../problem/problem-error.js';
import { day, type Micros, microsOf } from './micros.js';
import type { Interval } from './pieces.js';

const firstInstant: Micros = microsOf('0001-01-01T00:00:00Z');

export function microsNow(clock: Clock): Micros {
  return BigInt(clock.now().getTime()) * 1_000n;
}

/** The range that is counted: without `from` the day before `to`, without `to` until now. */
export function rangeOf(
  given: { from?: string | undefined; to?: string | undefined },
  now: Micros,
): Interval {
  const to = given.to === undefined ? now : microsOf(given.to);
  const dayBefore = to - day < firstInstant ? firstInstant : to - day;
  const from = given.from === undefined ? dayBefore : microsOf(given.from);
  assertNotEmpty({ from, to });
  return { from, to };
}

export function assertNotEmpty({ from, to }: Interval): void {
  if (from < to) return;
  throw new ProblemError('invalid', 'The time range is empty: from must be before to.', {
    errors: [{ pointer: '/from', detail: 'must be before to' }],
  });
}
