import { isEven, type BucketStep } from './bucket-step.js';
import { ceilTo, type Micros, millisOf } from './micros.js';
import type { Interval } from './pieces.js';
import { firstTrue, type ZoneClock } from './zone-clock.js';

/** The range as buckets of the step, in order, without a hole; the first and the last are cut by the range. */
export function bucketsOf(range: Interval, step: BucketStep, clock: ZoneClock): Interval[] {
  const edges: Micros[] = [range.from];
  const starts = isEven(step) ? evenStarts : calendarStarts;
  const end = millisOf(ceilTo(range.to, 1_000n));
  for (const start of starts(millisOf(range.from), step, clock)) {
    if (start >= end) break;
    edges.push(BigInt(start) * 1_000n);
  }
  return edges.map((from, n) => ({ from, to: edges[n + 1] ?? range.to }));
}

/** Days and what is longer begin when the clock first gets there. */
function* calendarStarts(from: number, step: BucketStep, clock: ZoneClock): Generator<number> {
  let local = step.startOf(from + clock.offsetAt(from));
  for (let last = from; ;) {
    local = step.next(local);
    const start = clock.firstInstantOf(local);
    // Not when the clock was set back over a boundary, or when it skipped a whole bucket.
    if (start > last) yield (last = start);
  }
}

/** Even steps begin whenever the clock shows it, so an hour that is set back is there twice. */
function* evenStarts(from: number, step: BucketStep, clock: ZoneClock): Generator<number> {
  for (let at = from; ;) {
    const start = nextEvenStart(at, step, clock);
    yield start;
    at = start;
  }
}

function nextEvenStart(at: number, step: BucketStep, clock: ZoneClock): number {
  const offset = clock.offsetAt(at);
  const bucket = step.startOf(at + offset);
  const next = step.next(bucket) - offset;
  if (clock.offsetAt(next - 1) === offset) return next;
  const change = firstTrue(at, next - 1, (instant) => clock.offsetAt(instant) !== offset);
  const isOther = step.startOf(change + clock.offsetAt(change)) !== bucket;
  return isOther ? change : nextEvenStart(change, step, clock);
}
