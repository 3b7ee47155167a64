import { limits } from '@painchain/contract';

/** Lengths that the buckets of a histogram may have. */
export interface BucketStep {
  /** ISO 8601. */
  duration: string;
  /** In milliseconds; of months and years about. */
  length: number;
  /** The bucket that a local time lies in, and the one after: their beginnings, in local time. */
  startOf(local: number): number;
  next(start: number): number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365.2425 * day;

// 1970 began on a Thursday.
const monday = -3 * day;

function even(duration: string, length: number, origin = 0): BucketStep {
  return {
    duration,
    length,
    startOf: (local) => Math.floor((local - origin) / length) * length + origin,
    next: (start) => start + length,
  };
}

function months(duration: string, count: number): BucketStep {
  const startOfMonth = (month: number) => {
    // Date.UTC takes the years 0 to 99 for 1900 to 1999.
    const date = new Date(0);
    return date.setUTCFullYear(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1);
  };
  const monthOf = (local: number) => {
    const date = new Date(local);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  return {
    duration,
    length: (count * year) / 12,
    startOf: (local) => startOfMonth(Math.floor(monthOf(local) / count) * count),
    next: (start) => startOfMonth(monthOf(start) + count),
  };
}

const ladder: readonly BucketStep[] = [
  ...[1, 5, 15, 30].map((count) => even(`PT${count}S`, count * second)),
  ...[1, 5, 15, 30].map((count) => even(`PT${count}M`, count * minute)),
  ...[1, 3, 6, 12].map((count) => even(`PT${count}H`, count * hour)),
  even('P1D', day),
  even('P1W', 7 * day, monday),
  ...[1, 3].map((count) => months(`P${count}M`, count)),
  ...[1, 10, 100].map((count) => months(`P${count}Y`, count * 12)),
];

/** Up to an hour buckets are even stretches of time; above, the clock may be changed within one. */
export function isEven({ length }: BucketStep): boolean {
  return length <= hour;
}

// Cut ends and changes of the clock make a few more than the length says.
const mostBuckets = limits.buckets - 10;

/** The step that makes of a range of this length, in milliseconds, about as many buckets as are wanted. */
export function stepFor(length: number, wanted: number): BucketStep {
  const farOff = (step: BucketStep) => Math.abs(Math.log(length / step.length / wanted));
  const [first, ...others] = ladder.filter((step) => length / step.length <= mostBuckets);
  if (!first) throw new Error('a range can be no longer than what fits between the years 1 and 9999');
  return others.reduce((best, step) => (farOff(step) < farOff(best) ? step : best), first);
}
