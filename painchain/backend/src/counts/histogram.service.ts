import { Injectable } from '@nestjs/common';
import type { Histogram, HistogramQuery } from '@painchain/contract';
import { Clock } from '../config/clock.js';
import { ProblemError } from '../problem/problem-error.js';
import { asQuery } from '../query/as-query.js';
import type { WalkEnd } from '../query/walk.js';
import { stepFor } from './bucket-step.js';
import { bucketsOf } from './buckets.js';
import { type HistogramRead, HistogramRepository } from './histogram.repository.js';
import { microsText, millisOf } from './micros.js';
import type { Interval } from './pieces.js';
import { microsNow, rangeOf } from './range.js';
import { cappedOf } from './reading.js';
import { zoneClock, type ZoneClock } from './zone-clock.js';

/** How many events happened when. */
@Injectable()
export class HistogramService {
  constructor(
    private readonly repository: HistogramRepository,
    private readonly clock: Clock,
  ) {}

  async histogram(tenantId: number, asked: HistogramQuery): Promise<Histogram> {
    const { zone, by, buckets: wanted, from, to, ...filter } = asked;
    const zoneClock = clockOf(zone);
    const now = microsNow(this.clock);
    const range = rangeOf({ from, to }, now);
    const step = stepFor(millisOf(range.to) - millisOf(range.from), wanted);
    const buckets = bucketsOf(range, step, zoneClock);
    const query = asQuery(filter);
    const read = await this.repository.histogram(tenantId, { query, buckets, by, now });
    return {
      from: microsText(range.from),
      to: microsText(range.to),
      zone,
      step: step.duration,
      total: read.buckets.reduce((total, { count }) => total + count, 0),
      series: read.series,
      buckets: bucketViews(buckets, read),
      capped: cappedOf(read, read.hasMoreValues ? by : undefined),
    };
  }
}

function clockOf(zone: string): ZoneClock {
  const clock = zoneClock(zone);
  if (clock) return clock;
  throw new ProblemError('invalid', 'The time zone is not known: use a name such as Europe/Berlin or UTC.', {
    errors: [{ pointer: '/zone', detail: `there is no time zone ${JSON.stringify(zone)}` }],
  });
}

function bucketViews(buckets: readonly Interval[], read: HistogramRead): Histogram['buckets'] {
  return buckets.map((bucket, n) => {
    const { count = 0, values = [] } = read.buckets[n] ?? {};
    return { start: microsText(bucket.from), count, values, counted: howFarCounted(bucket, read.end) };
  });
}

/** Walks begin at the newest. At the instant where one ended there may be more. */
function howFarCounted(bucket: Interval, { end, reached }: WalkEnd): 'whole' | 'part' | 'none' {
  if (end !== 'time' || (reached && microsText(bucket.from) > reached.timestamp)) return 'whole';
  return reached && microsText(bucket.to) > reached.timestamp ? 'part' : 'none';
}
