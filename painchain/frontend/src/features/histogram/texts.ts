import type { Zone } from '../../components/clock.js';
import { clockTime, exactTime, shortDay, zoneName } from '../../components/time-format.js';
import type { Bucket } from './buckets.js';

/** `24 Nov 2026, 10:35 – 10:50 UTC`; seconds only where there are any. */
export function stretchText({ fromMs, toMs }: { fromMs: number; toMs: number }, zone: Zone): string {
  const isWhole = fromMs % 60_000 === 0 && toMs % 60_000 === 0;
  const clock = (ms: number) => clockTime(ms, zone).slice(0, isWhole ? 5 : 8);
  const [firstDay, lastDay] = [shortDay(fromMs, zone), shortDay(toMs, zone)];
  const end = firstDay === lastDay ? clock(toMs) : `${lastDay}, ${clock(toMs)}`;
  return `${firstDay}, ${clock(fromMs)} – ${end} ${zoneName(fromMs, zone)}`;
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What is counted in one bucket, for somebody who hears it. */
export function bucketText(bucket: Bucket, zone: Zone): string {
  const stretch = stretchText(bucket, zone);
  if (bucket.counted === 'none') return `${stretch}: not counted`;
  const least = bucket.counted === 'part' ? 'at least ' : '';
  const failures = bucket.failures > 0 ? `, ${countText(bucket.failures, 'failure')}` : '';
  return `${stretch}: ${least}${countText(bucket.count, 'event')}${failures}`;
}

/** The whole histogram in a sentence; of failures only once they are counted. */
export function summaryText(buckets: readonly Bucket[], zone: Zone, knowsFailures: boolean): string {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return 'No stretch of time is shown.';
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const failures = buckets.reduce((sum, bucket) => sum + bucket.failures, 0);
  const between = `between ${exactTime(first.fromMs, zone)} and ${exactTime(last.toMs, zone)}`;
  if (total === 0) return `No events ${between}.`;
  const most = buckets.reduce((best, bucket) => (bucket.count > best.count ? bucket : best), first);
  const isCapped = buckets.some(({ counted }) => counted !== 'whole');
  const sentence = [
    `${isCapped ? 'At least ' : ''}${countText(total, 'event')} ${between}`,
    `most ${most.count.toLocaleString('en')} at ${exactTime(most.fromMs, zone)}`,
    ...(knowsFailures ? [failures === 0 ? 'no failures' : countText(failures, 'failure')] : []),
  ];
  return `${sentence.join(', ')}.`;
}
