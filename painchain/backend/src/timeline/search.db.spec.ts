import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventPage, TimelinePage } from '@painchain/contract';
import { parse, print, type Query } from '@painchain/query';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeId } from '../database/opaque-id.js';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { matches } from '../query/testing/oracle.js';
import { randomQuery } from '../query/testing/random-query.js';
import { sampleEvents, type StoredSample, storeSamples } from '../query/testing/sample-events.js';
import { encodeCursor } from './cursor.js';
import { SortedRepository } from './sorted/sorted.repository.js';
import { createTestApp } from './testing/test-app.js';
import { TimelineModule } from './timeline.module.js';
import { TimelineRepository } from './timeline.repository.js';
import { TimelineService } from './timeline.service.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let acme: number;
let events: StoredSample[];
let ofAcme: StoredSample[];

beforeAll(async () => {
  test = await createTestDatabase();
  app = await createTestApp(test.database, [TimelineModule]);
  acme = await test.createTenant('acme');
  events = await storeSamples(test, 1, sampleEvents(300));
  ofAcme = await storeSamples(test, acme, sampleEvents(300));
  await test.asOwner('vacuum analyze');
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

/** Before all events, on the way to newer ones. */
const placeBefore = encodeCursor(
  { direction: 'newer', timestamp: '2025-01-01T00:00:00.000000Z', seq: '0' },
  'newest',
);

const idsOf = (rows: readonly { seq: string }[]) => rows.map(({ seq }) => encodeId('evt', seq));
const get = (url: string, tenant = 1) =>
  app.inject({ url: `/api/timeline${url}`, headers: { 'x-test-tenant': String(tenant) } });

async function page(parameters: Record<string, string>): Promise<TimelinePage> {
  const answer = await get(`?${new URLSearchParams(parameters).toString()}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<TimelinePage>();
}

/** The ids of all pages, from a page on and one way, in the order of the timeline. */
async function follow(first: TimelinePage, way: 'next_cursor' | 'prev_cursor', rest: Record<string, string>) {
  const pages = [first];
  for (let cursor = first[way]; cursor;) {
    const next = await page({ ...rest, cursor });
    if (way === 'next_cursor') pages.push(next);
    else pages.unshift(next);
    cursor = next[way];
  }
  return pages.flatMap(({ rows }) => rows.map(({ id }) => id));
}

/** Queries that can be written: what can never be is refused. */
const writtenQuery = randomQuery.map(print).filter((text) => {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
});

describe('a query of the timeline', () => {
  it('gives exactly the events that it means, paged either way', async () => {
    const property = fc.asyncProperty(writtenQuery, async (q) => {
      const expected = idsOf(events.filter((event) => matches(parse(q), event)));
      const asked = { q, limit: '45' };
      const first = await page(asked);
      expect(await follow(first, 'next_cursor', asked)).toEqual(expected);
      const oldest = await page({ ...asked, cursor: placeBefore });
      expect(await follow(oldest, 'prev_cursor', asked)).toEqual(expected);
      expect([first.capped, first.prev_cursor, oldest.capped]).toEqual([null, null, null]);
    });
    await fc.assert(property, { numRuns: 80, seed: 3 });
  });

  it('is what the filters narrow further', async () => {
    const q = 'payment OR -environment:prod';
    const { rows } = await page({ q, status: 'FAILURE', limit: '200' });
    const both: Query = { kind: 'all', of: [parse(q), parse('status:failure')] };
    const expected = events.filter((event) => matches(both, event));
    expect(rows.map(({ id }) => id)).toEqual(idsOf(expected));
    expect(expected.length).toBeGreaterThan(10);
  });

  it('of a project and a time is what an index gives, and the same', async () => {
    const q = 'project:acme/api timestamp:2026-01-02 timestamp:>2026-01-02T00:00:00.000001Z';
    const expected = idsOf(events.filter((event) => matches(parse(q), event)));
    expect(await follow(await page({ q, limit: '3' }), 'next_cursor', { q, limit: '3' })).toEqual(expected);
    expect(expected.length).toBeGreaterThan(6);
  });

  it('gives full events, too', async () => {
    const { rows }: EventPage = await app.get(TimelineService).fullPage(1, { q: 'data.n:>=5', limit: 200 });
    const expected = events.filter((event) => matches(parse('data.n:>=5'), event));
    expect(rows.map(({ data }) => data)).toEqual(expected.map(({ data }) => data));
  });

  it('never fails and never shows an event of another tenant, whatever is asked', async () => {
    // prettier-ignore
    const pieces = fc.constantFrom(
      'status:', 'data.', '-', '(', ')', ' OR ', '"', '*', ':', '>', '<=', ' ', '\\', "'", '$', '%', '_', '\0', '🚀',
      'payment', 'id:evt_0000000000000', 'data."a\\"b":1', `'; drop table events; --`, '@@', ':*', '<->', '1.pay',
      '$."a" ? (@ == 1)', 'title:\\', 'ref:commit:', 'data.n:>=1e999', 'timestamp:>2026-01-02', 'data."\\u0000":*',
      `id:${idsOf(ofAcme)[0] ?? ''}`,
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
    );
    const own = new Set(idsOf(events));
    const statuses = new Set<number>();
    const property = fc.asyncProperty(hostile, async (q) => {
      const answer = await get(`?${new URLSearchParams({ q, limit: '200' }).toString()}`);
      statuses.add(answer.statusCode);
      if (answer.statusCode === 200) {
        expect(answer.json<TimelinePage>().rows.filter(({ id }) => !own.has(id))).toEqual([]);
      } else expect([400, 422]).toContain(answer.statusCode);
    });
    await fc.assert(property, { numRuns: 500, seed: 5 });
    expect([...statuses]).toEqual(expect.arrayContaining([200, 422]));
  });

  it('does not find an event of another tenant by its id or its words', async () => {
    const [foreign = ''] = idsOf(ofAcme);
    expect((await page({ q: `id:${foreign}` })).rows).toEqual([]);
    const asAcme = await get(`?q=id:${foreign}`, acme);
    expect(asAcme.json<TimelinePage>().rows).toHaveLength(1);
  });

  it.each([
    ['?q=status:failure%20(a', 15],
    ['/stream?q=status:failure%20(a', 15],
    ['?q=nonsense:x', 0],
  ])('that can not be read is refused with its place: %s', async (url, from) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/q', span: { from } }] });
  });
});

describe('a page that is not whole', () => {
  it('says that text is still being made searchable, to whoever asks for text', async () => {
    await test.asOwner('insert into text_reindexing (tenant_id, before_seq) values (1, 100)');
    const capped = async (q: string) => (await page({ q })).capped;
    expect(await capped('-(status:failure payment)')).toMatchObject({ reason: 'indexing', reached: null });
    expect(await capped('title:payment')).toBeNull();
    await test.asOwner('delete from text_reindexing');
    expect(await capped('payment')).toBeNull();
  });

  it('leads on to where all is found when the time was over, either way', async () => {
    const stored = await storeSamples(
      test,
      acme,
      sampleEvents(4_000).map((event) => ({ ...event, key: `more ${event.key}` })),
    );
    const expected = idsOf(
      stored.filter(
        ({ status, actor, severity, type }) =>
          status === 'pending' && actor === 'ada' && severity === 'low' && type === 'push',
      ),
    );
    const hurried = new TimelineService(
      new TimelineRepository(test.database, 0),
      new SortedRepository(test.database),
    );
    const q = 'status:pending actor:ada severity:low type:push key:"more "*';
    const read = (cursor?: string) =>
      hurried.page(acme, { q, limit: 30, ...(cursor !== undefined && { cursor }) });
    const pages = [await read()];
    for (let cursor = pages[0]?.next_cursor; cursor; cursor = pages.at(-1)?.next_cursor)
      pages.push(await read(cursor));
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expected);
    const capped = pages.filter((each) => each.capped);
    expect(capped.length).toBeGreaterThan(2);
    expect(capped[0]?.capped).toMatchObject({
      reason: 'time',
      detail: expect.stringContaining('next_cursor'),
    });

    const back = [await read(placeBefore)];
    for (let cursor = back[0]?.prev_cursor; cursor; cursor = back[0]?.prev_cursor)
      back.unshift(await read(cursor));
    expect(back.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expected);
    expect(back.find((each) => each.capped)?.capped?.detail).toContain('prev_cursor');
  });
});
