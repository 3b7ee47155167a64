import { z } from 'zod';

export type PeriodUnit = 'days' | 'weeks' | 'months' | 'years';

/** A stretch of the calendar; null keeps everything. */
export type RetentionPeriod = { count: number; unit: PeriodUnit } | null;

const period = /^([1-9]\d{0,3}) (day|week|month|year)s?$/;

/** `18 months`, `90 days`, `2 years`, or `off`. */
export const RetentionPeriod = z.string().transform((text, context): RetentionPeriod => {
  if (text === 'off') return null;
  const match = period.exec(text.trim());
  if (match) return { count: Number(match[1]), unit: `${match[2]}s` as PeriodUnit };
  context.addIssue({
    code: 'custom',
    message: "must be such as '18 months', '90 days', '2 years', or 'off'",
  });
  return z.NEVER;
});
