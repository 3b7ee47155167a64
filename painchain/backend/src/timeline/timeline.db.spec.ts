import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventPage, TimelinePage } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { insertEvents, secondsApart } from './testing/insert-events.js';
import { createTestApp } from './testing/test-app.js';
import { TimelineModule } from './timeline.module.js';
import { TimelineService } from './timeline.service.js';

let test: TestDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  test = await createTestDatabase();
  app = await createTestApp(test.database, [TimelineModule]);
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => test.asOwner('truncate events, event_refs, event_tail'));

const get = (query: string, headers: Record<string, string> = {}) =>
  app.inject({ url: `/api/timeline${query}`, headers });

async function page(query = '', headers?: Record<string, string>): Promise<TimelinePage> {
  const answer = await get(query, headers);
  expect(answer.statusCode).toBe(200);
  return answer.json<TimelinePage>();
}

/** All pages from a start on, one way. */
async function walk(
  query: string,
  way: 'next_cursor' | 'prev_cursor',
  between = async () => {},
): Promise<TimelinePage[]> {
  const pages = [await page(query)];
  for (let cursor = pages[0]?.[way]; cursor; cursor = pages.at(-1)?.[way]) {
    await between();
    pages.push(await page(`${query}&cursor=${cursor}`));
  }
  return pages;
}

const titles = (pages: TimelinePage[]) => pages.flatMap(({ rows }) => rows.map(({ title }) => title));

describe('GET /api/timeline', () => {
  it('shows the newest first, without data, with instants to the microsecond', async () => {
    await insertEvents(test, ['2026-01-01T00:00:00.000001Z', '2026-01-01T00:00:00.000002Z'], {
      status: 'success',
    });
    const { rows, next_cursor, prev_cursor } = await page();
    expect(rows.map(({ timestamp }) => timestamp)).toEqual([
      '2026-01-01T00:00:00.000002Z',
      '2026-01-01T00:00:00.000001Z',
    ]);
    expect(rows[0]).not.toHaveProperty('data');
    expect(rows[0]).toMatchObject({
      status: 'success',
      actor: null,
      refs: [],
      time_precision: 'exact',
      backfill: false,
    });
    expect([next_cursor, prev_cursor]).toEqual([null, null]);
  });

  it('pages both ways through rows of one instant without a gap or a repeat', async () => {
    const times = [...secondsApart(20), ...Array.from({ length: 15 }, () => '2026-01-01T00:00:09.5Z')];
    await insertEvents(test, times);
    const all = titles([await page('?limit=200')]);
    expect(all).toHaveLength(35);
    const down = await walk('?limit=4', 'next_cursor');
    expect(titles(down)).toEqual(all);
    const up = [down.at(-1) as TimelinePage];
    for (let cursor = up[0]?.prev_cursor; cursor; cursor = up[0]?.prev_cursor) {
      up.unshift(await page(`?limit=4&cursor=${cursor}`));
    }
    expect(titles(up)).toEqual(all);
    expect(up[0]?.prev_cursor).toBeNull();
    expect(up[0]?.next_cursor).not.toBeNull();
  });

  it('shows each row that stays exactly once, whatever comes and goes meanwhile', async () => {
    await insertEvents(test, secondsApart(40));
    const kept = new Set(titles([await page('?limit=200')]).filter((_, n) => n % 3 !== 0));
    let step = 0;
    const down = await walk('?limit=5', 'next_cursor', async () => {
      step++;
      await insertEvents(test, [
        `2026-01-01T00:00:${String((step * 7) % 40).padStart(2, '0')}.5Z`,
        '2026-02-01T00:00:00Z',
      ]);
      const gone = await test.asOwner<{ title: string }>('select title from events order by timestamp');
      const victim = gone.find(({ title }) => !kept.has(title));
      if (victim) await test.asOwner('delete from events where title = $1', [victim.title]);
    });
    const shown = titles(down).filter((title) => kept.has(title));
    expect(shown).toHaveLength(kept.size);
    expect(new Set(titles(down)).size).toBe(titles(down).length);
  });

  it('leads back from a page whose rows were removed, to the very row that it came from', async () => {
    await insertEvents(test, secondsApart(4));
    const first = await page('?limit=2');
    await test.asOwner(`delete from events where timestamp < '2026-01-01T00:00:02Z'`);
    const empty = await page(`?limit=2&cursor=${first.next_cursor}`);
    expect(empty).toMatchObject({ rows: [], next_cursor: null });
    expect(titles([await page(`?limit=2&cursor=${empty.prev_cursor}`)])).toEqual(titles([first]));
  });

  it('filters: several values mean any of them, several filters all of them', async () => {
    for (const [project, status] of [
      ['a', 'success'],
      ['a', 'failure'],
      ['b', 'failure'],
      ['c', 'success'],
    ] as const) {
      await insertEvents(test, ['2026-01-01T00:00:00Z'], { project, status });
    }
    const found = async (query: string) =>
      (await page(query)).rows.map(({ project, status }) => `${project} ${status}`).sort();
    expect(await found('?project=a&project=b&status=FAILURE')).toEqual(['a failure', 'b failure']);
    expect(await found('?connector=CI&project=c')).toEqual(['c success']);
    expect(await found('?actor=nobody')).toEqual([]);
  });

  it('includes from and excludes to', async () => {
    await insertEvents(test, secondsApart(5));
    const { rows } = await page('?from=2026-01-01T01:00:01%2B01:00&to=2026-01-01T00:00:03Z');
    expect(rows.map(({ timestamp }) => timestamp.slice(17, 19))).toEqual(['02', '01']);
  });

  it('shows nothing of another tenant', async () => {
    const acme = await test.createTenant('acme');
    await insertEvents(test, secondsApart(3));
    await insertEvents(test, secondsApart(1), { tenantId: acme });
    const asAcme = { 'x-test-tenant': String(acme) };
    const own = (await page('', asAcme)).rows;
    expect(own).toHaveLength(1);
    // A cursor is a place in time and no key: a foreign one leads to own rows only.
    const { next_cursor } = await page('?limit=1');
    expect((await page(`?cursor=${next_cursor}`, asAcme)).rows).toEqual(own);
  });

  it.each([
    ['?cursor=forged', 400],
    ['?cursor=', 400],
    ['?limit=0', 422],
    ['?limit=201', 422],
    ['?limit=ten', 422],
    ['?from=yesterday', 422],
    ['?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 422],
    ['?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 422],
    ['?from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z', 422],
    ['?staus=failure', 422],
    ['?project=', 422],
    ['?project[not]=a', 422],
    ['?project=%00', 400],
    ['?project=%ED%A0%80', 200],
    [`?project=${encodeURIComponent(`'; drop table events; --`)}`, 200],
    ['?__proto__=a', 200],
  ])('answers %s with %i', async (query, status) => {
    expect((await get(query)).statusCode).toBe(status);
  });
});

describe('GET /api/events', () => {
  it.each([undefined, 'connector:ci'])(
    'is bounded in bytes, too, and goes on where it was cut: %s',
    async (q) => {
      await insertEvents(test, secondsApart(12));
      // Short as it is sent, 309 digits as it is read.
      await test.asOwner(
        `update events set data = jsonb_build_object('n', array_fill(1e308::numeric, array[8000]))`,
      );
      const read = (query: object) => app.get(TimelineService).fullPage(1, { limit: 200, q, ...query });
      const pages = [await read({})];
      for (let cursor = pages[0]?.next_cursor; cursor; cursor = pages.at(-1)?.next_cursor) {
        pages.push(await read({ cursor }));
      }
      const first = await read({ cursor: pages[1]?.prev_cursor });
      expect(first.rows.map(({ id }) => id)).toEqual(pages[0]?.rows.map(({ id }) => id));
      expect(Math.max(...pages.map(({ rows }) => rows.length))).toBeLessThan(6);
      const titlesInOrder = secondsApart(12)
        .toReversed()
        .map((at) => `of ${at}`);
      expect(pages.flatMap(({ rows }) => rows.map(({ title }) => title))).toEqual(titlesInOrder);
    },
  );

  it('is known to TimelineService: the same page with full data', async () => {
    await insertEvents(test, secondsApart(1));
    const full: EventPage = await app.get(TimelineService).fullPage(1, { limit: 50 });
    expect(full.rows[0]).toMatchObject({ data: { n: 1 }, sent_at: null, key: expect.any(String) });
  });
});
