import type { PeriodUnit, RetentionPeriod } from '../config/retention-period.js';

const dayMs = 24 * 60 * 60 * 1_000;

const minusDays = (from: Date, days: number) => new Date(from.getTime() - days * dayMs);

// 31 March minus one month is the last of February, not the 3rd of March.
function minusMonths(from: Date, months: number): Date {
  const lastOfMonth = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() - months + 1, 0));
  const result = new Date(from);
  result.setUTCFullYear(
    lastOfMonth.getUTCFullYear(),
    lastOfMonth.getUTCMonth(),
    Math.min(from.getUTCDate(), lastOfMonth.getUTCDate()),
  );
  return result;
}

const minus: Record<PeriodUnit, (from: Date, count: number) => Date> = {
  days: minusDays,
  weeks: (from, count) => minusDays(from, count * 7),
  months: minusMonths,
  years: (from, count) => minusMonths(from, count * 12),
};

/** Since when events are kept, or undefined when all are. */
export function cutoff(period: RetentionPeriod, now: Date): Date | undefined {
  return period ? minus[period.unit](now, period.count) : undefined;
}
