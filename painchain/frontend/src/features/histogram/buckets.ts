import type { Histogram } from '@painchain/contract';

/** A stretch of time and what happened in it. */
export type Bucket = {
  fromMs: number;
  /** Not included. */
  toMs: number;
  count: number;
  /** Of each series, in the order of the answer's. */
  values: readonly number[];
  /** What is of none of the series. */
  others: number;
  failures: number;
  counted: 'whole' | 'part' | 'none';
  /** What its bar is stacked of, from below: each series without its failures, the others, all failures. */
  layers: readonly number[];
};

/**
 * The buckets of an answer, and of the same question about failures alone. Those are found by their beginning: the
 * answers may be some seconds apart.
 */
export function bucketsOf(answer: Histogram, failures: Histogram | undefined): Bucket[] {
  const failed = new Map(failures?.buckets.map((bucket) => [bucket.start, bucket]));
  const places = answer.series.map(
    ({ value }) => failures?.series.findIndex((one) => one.value === value) ?? -1,
  );
  return answer.buckets.map(({ start, count, values, counted }, index) => {
    const bad = failed.get(start);
    const badCount = Math.min(count, bad?.count ?? 0);
    const others = Math.max(0, count - sum(values));
    const badValues = places.map((place) => bad?.values[place] ?? 0);
    return {
      fromMs: Date.parse(start),
      toMs: endMs(answer.buckets[index + 1]?.start ?? answer.to),
      count,
      values,
      others,
      failures: badCount,
      counted,
      layers: layersOf([...values, others], badValues, badCount),
    };
  });
}

/** Takes the failures out of the parts they are of, and puts them on top, so that the sum stays what it was. */
function layersOf(parts: readonly number[], failed: readonly number[], failures: number): number[] {
  let left = failures;
  const take = (part: number, wanted: number) => {
    const taken = Math.min(part, wanted, left);
    left -= taken;
    return part - taken;
  };
  const known = parts.map((part, index) => take(part, failed[index] ?? 0));
  // Failures whose series is not known are most likely of the others, which come last.
  const rest = known
    .toReversed()
    .map((part) => take(part, left))
    .toReversed();
  return [...rest, failures - left];
}

/** An end may lie between two milliseconds; what happened there belongs to it. */
function endMs(text: string): number {
  const isBetween = /\.\d{3}\d*[1-9]\d*Z$/.test(text);
  return Date.parse(text) + (isBetween ? 1 : 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The bucket that an instant lies in. */
export function bucketAt(buckets: readonly Bucket[], ms: number): number | undefined {
  const index = buckets.findLastIndex(({ fromMs }) => fromMs <= ms);
  const found = buckets[index];
  return found && ms < found.toMs ? index : undefined;
}

/** The bucket that is not over: the last, when the range ends with the present, else the one that now lies in. */
export function partialBucket(
  buckets: readonly Bucket[],
  endsNow: boolean,
  nowMs: number,
): number | undefined {
  if (buckets.length === 0) return undefined;
  return endsNow ? buckets.length - 1 : bucketAt(buckets, nowMs);
}

/** From the beginning of one bucket to the end of the other, whichever comes first. */
export function stretchOf(
  buckets: readonly Bucket[],
  one: number,
  other: number,
): { fromMs: number; toMs: number } | undefined {
  const first = buckets[Math.min(one, other)];
  const last = buckets[Math.max(one, other)];
  return first && last && { fromMs: first.fromMs, toMs: last.toMs };
}
