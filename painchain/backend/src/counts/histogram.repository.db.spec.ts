import type { FilterField } from '@painchain/contract';
import { everything, type Query } from '@painchain/query';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { matches } from '../query/testing/oracle.js';
import { randomQuery } from '../query/testing/random-query.js';
import type { StoredSample } from '../query/testing/sample-events.js';
import { stepFor } from './bucket-step.js';
import { bucketsOf } from './buckets.js';
import { HistogramRepository } from './histogram.repository.js';
import { type Micros, microsOf, millisOf } from './micros.js';
import type { Interval } from './pieces.js';
import { eventsOverTime, instantIn } from './testing/events-over-time.js';
import { storeCounted } from './testing/store-counted.js';
import { zoneClock } from './zone-clock.js';

// The clocks of Europe are set back in the middle of it.
const time = { from: microsOf('2025-10-22T00:00:00Z'), to: microsOf('2025-10-30T00:00:00Z') };

let test: TestDatabase;
let repository: HistogramRepository;
let events: StoredSample[];

beforeAll(async () => {
  test = await createTestDatabase();
  repository = new HistogramRepository(test.database);
  const other = await test.createTenant('other');
  await storeCounted(test, other, eventsOverTime(200, time));
  events = await storeCounted(test, 1, eventsOverTime(800, time));
});
afterAll(() => test.drop());

/** The same answer by looking at each event. */
function counted(query: Query, buckets: readonly Interval[], by: FilterField | undefined) {
  const matching = events.filter((event) => matches(query, event));
  const inBuckets = buckets.map(({ from, to }) =>
    matching.filter((event) => {
      const at = microsOf(event.timestamp);
      return from <= at && at < to;
    }),
  );
  const totals = new Map<string | null, number>();
  for (const event of by ? inBuckets.flat() : []) {
    totals.set(event[by ?? 'type'], (totals.get(event[by ?? 'type']) ?? 0) + 1);
  }
  const order = (value: string | null) => value ?? '\u{10ffff}';
  const series = Array.from(totals, ([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (order(a.value) < order(b.value) ? -1 : 1))
    .slice(0, 8);
  return {
    series,
    buckets: inBuckets.map((inBucket) => ({
      count: inBucket.length,
      values: series.map(({ value }) => inBucket.filter((event) => event[by ?? 'type'] === value).length),
    })),
    hasMoreValues: false,
    isWhole: true,
  };
}

async function read(query: Query, buckets: readonly Interval[], { by, now }: Question) {
  const { end, isIndexing: _, ...counts } = await repository.histogram(1, { query, buckets, by, now });
  return { ...counts, isWhole: end.end === 'range' };
}

interface Question {
  edges: [Micros, Micros];
  zone: string;
  wanted: number;
  by: FilterField | undefined;
  now: Micros;
}

const question: fc.Arbitrary<Question> = fc.record({
  edges: fc.tuple(instantIn(time), instantIn(time)).filter(([one, other]) => one !== other),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Havana'),
  wanted: fc.integer({ min: 1, max: 120 }),
  by: fc.constantFrom<(FilterField | undefined)[]>(
    undefined,
    'connector',
    'project',
    'type',
    'status',
    'actor',
    'environment',
  ),
  now: instantIn(time),
});

function bucketsFor({ edges: [one, other], zone, wanted }: Question) {
  const range = one < other ? { from: one, to: other } : { from: other, to: one };
  const clock = zoneClock(zone);
  if (!clock) throw new Error(`no zone ${zone}`);
  return bucketsOf(range, stepFor(millisOf(range.to) - millisOf(range.from), wanted), clock);
}

describe('a histogram', () => {
  it('of everything counts exactly what there is, in any range, zone and split', async () => {
    const property = fc.asyncProperty(question, async (question) => {
      const buckets = bucketsFor(question);
      expect(await read(everything, buckets, question)).toEqual(counted(everything, buckets, question.by));
    });
    await fc.assert(property, { numRuns: 80 });
  });

  it('of a query counts exactly what matches', async () => {
    const property = fc.asyncProperty(question, randomQuery, async (question, query) => {
      const buckets = bucketsFor(question);
      expect(await read(query, buckets, question)).toEqual(counted(query, buckets, question.by));
    });
    await fc.assert(property, { numRuns: 80 });
  });
});
