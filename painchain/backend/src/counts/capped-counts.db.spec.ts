import { FilterField } from '@painchain/contract';
import { all, everything, parse, type Query } from '@painchain/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import type { StoredSample } from '../query/testing/sample-events.js';
import { FacetsRepository } from './facets.repository.js';
import { FacetsService } from './facets.service.js';
import { HistogramRepository } from './histogram.repository.js';
import { HistogramService } from './histogram.service.js';
import { microsOf, microsText } from './micros.js';
import { eventsOverTime } from './testing/events-over-time.js';
import { storeCounted } from './testing/store-counted.js';

const from = '2026-02-01T00:00:00Z';
const to = '2026-02-04T00:00:00Z';
const time = { from: microsOf(from), to: microsOf(to) };
const clock = { now: () => new Date(to) };

let test: TestDatabase;
let events: StoredSample[];

beforeAll(async () => {
  test = await createTestDatabase();
  events = await storeCounted(test, 1, eventsOverTime(2_500, time));
});
afterAll(() => test.drop());

const noTime = 0;
const shortTime = 60;
const countSince = (since: string) => events.filter(({ timestamp }) => timestamp > since).length;

describe('a count that is not whole', () => {
  it('says how far it got, and of each bucket whether it is whole', async () => {
    const histograms = new HistogramService(new HistogramRepository(test.database, noTime), clock);
    const asked = { zone: 'UTC', by: 'project', buckets: 24, from, to, q: '-title:nothing' } as const;
    const { buckets, total, capped, series } = await histograms.histogram(1, asked);
    expect(capped).toMatchObject({ reason: 'time' });
    const reached = capped?.reached ?? '';
    expect(capped?.detail).toContain(reached);
    expect(total).toBeGreaterThanOrEqual(countSince(reached));
    expect(total).toBeLessThan(events.length);
    expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(total);

    const states = buckets.map(({ counted }) => counted);
    const parts = states.indexOf('part');
    expect(states).toEqual(states.map((_, n) => (n < parts ? 'none' : n === parts ? 'part' : 'whole')));
    expect(states).toEqual(expect.arrayContaining(['none', 'part', 'whole']));
    for (const [n, { start, count, counted }] of buckets.entries()) {
      const end = buckets[n + 1]?.start ?? microsText(time.to);
      const inBucket = events.filter(({ timestamp }) => start <= timestamp && timestamp < end).length;
      if (counted === 'whole') expect(count).toBe(inBucket);
      if (counted === 'part') expect(count).toBeLessThanOrEqual(inBucket);
      if (counted === 'none') expect(count).toBe(0);
    }
  });

  it('gives facets of what was looked at, with the fields that came least far', async () => {
    const facets = new FacetsService(new FacetsRepository(test.database, noTime), clock);
    const asked = { field: ['project', 'tag'], limit: 200, from, to, q: '-title:nothing -project:none' };
    const answer = await facets.facets(1, asked);
    expect(answer.capped).toMatchObject({ reason: 'time' });
    expect(answer.total).toBeGreaterThanOrEqual(countSince(answer.capped?.reached ?? ''));
    expect(answer.total).toBeLessThan(events.length);
    expect(answer.facets[0]?.values.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  });

  it('says that text is still being made searchable, where text is asked for', async () => {
    await test.asOwner('insert into text_reindexing (tenant_id, before_seq) values (1, 100)');
    const histograms = new HistogramService(new HistogramRepository(test.database), clock);
    const facets = new FacetsService(new FacetsRepository(test.database), clock);
    const capped = async (q: string) => [
      (await histograms.histogram(1, { zone: 'UTC', buckets: 10, from, to, q })).capped?.reason,
      (await facets.facets(1, { limit: 10, from, to, q })).capped?.reason,
    ];
    expect(await capped('type:push OR payment')).toEqual(['indexing', 'indexing']);
    expect(await capped('type:push')).toEqual([undefined, undefined]);
    await test.asOwner('truncate text_reindexing');
    expect(await capped('payment')).toEqual([undefined, undefined]);
  });
});

describe('kept counts that take too long', () => {
  it('are left, and the events are walked through', async () => {
    const asked = { from, to, limit: 10 };
    const histograms = new HistogramService(new HistogramRepository(test.database, shortTime), clock);
    const facets = new FacetsService(new FacetsRepository(test.database, shortTime), clock);
    // Whoever reads them has to wait.
    await test.asOwner('begin');
    await test.asOwner('lock table event_days in access exclusive mode');
    const { total, capped } = await histograms.histogram(1, {
      zone: 'UTC',
      buckets: 10,
      by: 'actor',
      from,
      to,
    });
    const read = await facets.facets(1, asked);
    await test.asOwner('rollback');
    expect(total).toBeGreaterThanOrEqual(countSince(capped?.reached ?? from));
    expect(read.total).toBeGreaterThanOrEqual(countSince(read.capped?.reached ?? from));
  });
});

describe('edges with too many events', () => {
  it('are walked through instead, with the same answer', async () => {
    const sameByWalk: Query = all([parse('-title:nothing')]);
    const range = { from: time.from + 1_000_000n, to: time.to - 1_000_000n };
    const buckets = [
      { from: range.from, to: time.from + 100_000_000_000n },
      { from: time.from + 100_000_000_000n, to: range.to },
    ];
    const histograms = new HistogramRepository(test.database);
    const facets = new FacetsRepository(test.database);
    const read = async (query: Query) => {
      const wanted = { range, now: time.to, contains: undefined, limit: 200 };
      const { total, facets: counts } = await facets.facets(1, {
        ...wanted,
        groups: [{ query, fields: [] }],
      });
      const all = [];
      for (const by of FilterField.options) {
        const { end, ...counts } = await histograms.histogram(1, { query, buckets, by, now: time.to });
        all.push({ ...counts, end: end.end });
      }
      return { total, counts, all };
    };
    const expected = await read(sameByWalk);
    expect(await read(everything)).toEqual(expected);
    // The kept counts are wrong now: whoever used them would be, too.
    await test.asOwner(`update event_days set count = count + 2000000 where field = 'all'`);
    await test.asOwner(`update event_slots set count = count + 2000000`);
    expect(await read(everything)).toEqual(expected);
  });
});
