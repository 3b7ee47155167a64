import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type JsonObject, type JsonValue, limits, type TimelinePage } from '@painchain/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.js';
import { storeData, type StoredData } from '../testing/store-data.js';
import { createTestApp } from '../testing/test-app.js';
import { TimelineModule } from '../timeline.module.js';
import { TimelineRepository } from '../timeline.repository.js';
import { TimelineService } from '../timeline.service.js';
import { SortedRepository } from './sorted.repository.js';

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
beforeEach(() => test.asOwner('truncate events, event_refs, event_tail, event_words'));

const get = (asked: Record<string, string>, tenant = 1) =>
  app.inject({
    url: `/api/timeline?${new URLSearchParams(asked).toString()}`,
    headers: { 'x-test-tenant': String(tenant) },
  });

async function page(asked: Record<string, string>, tenant?: number): Promise<TimelinePage> {
  const answer = await get(asked, tenant);
  expect(answer.json()).not.toHaveProperty('errors');
  return answer.json<TimelinePage>();
}

/** All pages from one on, in their order, following one of its cursors. */
async function follow(
  first: TimelinePage,
  way: 'next_cursor' | 'prev_cursor',
  asked: Record<string, string>,
) {
  const pages = [first];
  for (let cursor = first[way]; cursor;) {
    const other = await page({ ...asked, cursor });
    if (way === 'next_cursor') pages.push(other);
    else pages.unshift(other);
    cursor = other[way];
  }
  return pages;
}

const idsOf = (pages: readonly TimelinePage[]) => pages.flatMap(({ rows }) => rows.map(({ id }) => id));

const folded = (text: string) =>
  [...[...text].slice(0, 200).join('').toLowerCase()].map((each) => each.codePointAt(0) ?? 0);

function compareFolded(one: string, other: string): number {
  const [a, b] = [folded(one), folded(other)];
  const at = a.findIndex((point, n) => point !== b[n]);
  if (at === -1) return a.length - b.length;
  return (a[at] ?? 0) - (b[at] ?? -1);
}

function compareValues(one: JsonValue, other: JsonValue): number {
  if (typeof one === 'number') return one - Number(other);
  return compareFolded(textOf(one), textOf(other));
}

const textOf = (value: JsonValue) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** What a sort means, with all events at hand. */
function sorted(all: readonly StoredData[], isDescending: boolean): string[] {
  return all
    .toSorted((one, other) => {
      const [a = null, b = null] = [one.data['v'], other.data['v']];
      const age = other.timestamp.localeCompare(one.timestamp) || Number(other.seq - one.seq);
      if (a === null || b === null) return Number(a === null) - Number(b === null) || age;
      if ((typeof a === 'number') !== (typeof b === 'number')) return typeof a === 'number' ? -1 : 1;
      return (isDescending ? -1 : 1) * compareValues(a, b) || age;
    })
    .map(({ id }) => id);
}

const common = 'prefix '.repeat(40);
const value = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    0,
    1,
    -1,
    1.5,
    10,
    9,
    '9',
    '10',
    '',
    'a',
    'B',
    'b',
    'A',
    'é',
    'Z',
    'z',
    true,
    false,
  ),
  fc.constantFrom<JsonValue>(
    '\uffee',
    '🚀',
    '\u0001\u0002',
    common,
    `${common}x`,
    `${common.slice(0, 198)}y`,
  ),
  fc.constantFrom<JsonValue>(
    '"\\'.repeat(150),
    '\u0001'.repeat(250),
    '🚀'.repeat(250),
    'İ'.repeat(250),
    [1, 'b'],
    ['a'],
    { x: 1 },
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !text.includes('\0')),
);
const data: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ v: value.map((each) => (each === 0 ? 0 : each)) }),
  fc.constant({}),
);

describe('a sorted timeline', () => {
  it('pages both ways through all rows, each once, in the order of the values', async () => {
    const property = fc.asyncProperty(
      fc.array(data, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (all, limit, isDescending) => {
        await test.asOwner('truncate events, event_refs, event_tail');
        const expected = sorted(await storeData(test, all), isDescending);
        const asked = { sort: `${isDescending ? '-' : ''}data.v`, limit: String(limit) };
        const down = await follow(await page(asked), 'next_cursor', asked);
        expect(idsOf(down)).toEqual(expected);
        expect(Math.max(...down.map(({ rows }) => rows.length))).toBeLessThanOrEqual(limit);
        const last = down.at(-1) as TimelinePage;
        const up = await follow(last, 'prev_cursor', asked);
        expect(idsOf(up)).toEqual(expected);
        expect([down[0]?.prev_cursor, down[0]?.capped, down[0]?.live_cursor]).toEqual([
          null,
          null,
          expect.any(String),
        ]);
      },
    );
    await fc.assert(property, { numRuns: 40, seed: 7 });
  });

  it('is by time a page of the index, oldest first, both ways', async () => {
    const stored = await storeData(
      test,
      Array.from({ length: 23 }, () => ({})),
    );
    for (const q of ['', 'title:number']) {
      const asked = { sort: 'timestamp', limit: '4', q };
      const down = await follow(await page(asked), 'next_cursor', asked);
      expect(idsOf(down)).toEqual(stored.map(({ id }) => id));
      const up = await follow(down.at(-1) as TimelinePage, 'prev_cursor', asked);
      expect(idsOf(up)).toEqual(stored.map(({ id }) => id));
      expect([down[0]?.prev_cursor, down.at(-1)?.next_cursor]).toEqual([null, null]);
      const newest = { sort: '-timestamp', limit: '4', q };
      expect(idsOf(await follow(await page(newest), 'next_cursor', { limit: '4', q }))).toEqual(
        stored.map(({ id }) => id).toReversed(),
      );
    }
  });

  it('has the newest first within each group', async () => {
    await storeData(
      test,
      Array.from({ length: 12 }, () => ({})),
    );
    await test.asOwner(`update events set project = 'acme/web' where seq % 2 = 0`);
    const { rows } = await page({ sort: 'project' });
    expect(rows.map(({ project }) => project)).toEqual([
      ...Array<string>(6).fill('acme/api'),
      ...Array<string>(6).fill('acme/web'),
    ]);
    for (const group of [rows.slice(0, 6), rows.slice(6)]) {
      const times = group.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted().toReversed());
    }
  });

  it('leads back from a page whose rows were removed', async () => {
    await storeData(test, [{ v: 1 }, { v: 2 }, { v: 3 }, { v: 4 }]);
    const asked = { sort: 'data.v', limit: '2' };
    const first = await page(asked);
    await test.asOwner(`delete from events where (data->>'v')::int > 2`);
    const empty = await page({ ...asked, cursor: String(first.next_cursor) });
    expect(empty).toMatchObject({ rows: [], next_cursor: null });
    expect((await page({ ...asked, cursor: String(empty.prev_cursor) })).rows).toEqual(first.rows);
  });

  it('is bounded in bytes with full data, both ways', async () => {
    await storeData(
      test,
      Array.from({ length: 12 }, (_, n) => ({ v: n })),
    );
    await test.asOwner(
      `update events set data = data || jsonb_build_object('n', array_fill(1e308::numeric, array[8000]))`,
    );
    const read = (cursor?: string | null) =>
      app.get(TimelineService).fullPage(1, { limit: 200, sort: 'data.v', ...(cursor && { cursor }) });
    const down = [await read()];
    for (let cursor = down[0]?.next_cursor; cursor; cursor = down.at(-1)?.next_cursor)
      down.push(await read(cursor));
    const up = [down.at(-1)];
    for (let cursor = up[0]?.prev_cursor; cursor; cursor = up[0]?.prev_cursor) up.unshift(await read(cursor));
    for (const pages of [down, up])
      expect(pages.flatMap((each) => each?.rows.map(({ data }) => data['v']))).toEqual(
        Array.from({ length: 12 }, (_, n) => n),
      );
    expect(Math.max(...[...down, ...up].map((each) => each?.rows.length ?? 0))).toBeLessThan(6);
  });

  it('says when only the newest were sorted, and which', async () => {
    await test.asOwner(
      `insert into events (tenant_id, key, connector, title, data, timestamp, project)
       select 1, n::text, 'ci', 'n', jsonb_build_object('v', n), '2026-01-01'::timestamptz + n * interval '1 second', 'p'
       from generate_series(1, $1) n`,
      [limits.sortedRows + 3],
    );
    const { rows, capped } = await page({ sort: 'data.v', limit: '1', fields: 'data.v' });
    expect(rows[0]?.fields).toEqual({ 'data.v': 4 });
    expect(capped).toMatchObject({ reason: 'rows', reached: '2026-01-01T00:00:04.000000Z' });
    expect(capped?.detail).toMatch(/newest 10,000 .* Narrow the time range or the query/);
    const narrowed = await page({ sort: 'data.v', q: 'data.v:>3', limit: '1' });
    expect(narrowed.capped).toBeNull();
  });

  it('says when there was no time for more', async () => {
    await storeData(
      test,
      Array.from({ length: 3_000 }, (_, n) => ({ v: n })),
    );
    const hurried = new TimelineService(
      new TimelineRepository(test.database),
      new SortedRepository(test.database, 0),
    );
    const { rows, capped } = await hurried.page(1, { sort: 'data.v', limit: 1, fields: ['data.v'] });
    expect(capped).toMatchObject({ reason: 'time', reached: expect.any(String) });
    expect(rows[0]?.fields).toEqual({ 'data.v': 2_000 });
  });

  it('takes no cursor of another sort', async () => {
    await storeData(test, [{ v: 1 }, { v: 2 }, { v: 3 }]);
    const sorts = ['-timestamp', 'timestamp', 'data.v', '-data.v', 'title'];
    const cursors = await Promise.all(
      sorts.map(async (sort) => String((await page({ sort, limit: '1' })).next_cursor)),
    );
    for (const [n, sort] of sorts.entries())
      for (const [m, cursor] of cursors.entries()) {
        const answer = await get({ sort, cursor });
        expect([sort, sorts[m], answer.statusCode]).toEqual([sort, sorts[m], n === m ? 200 : 400]);
      }
    // The same sort by another of its names.
    expect((await get({ sort: 'TITLE', cursor: cursors[4] ?? '' })).statusCode).toBe(200);
  });

  it('is refused by a field that is none, with the one that may be meant', async () => {
    const answer = await get({ sort: '-staus' });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/sort', detail: expect.stringContaining('status') }] },
    ]);
  });

  it('shows nothing of another tenant, with its cursors either', async () => {
    const acme = await test.createTenant('acme');
    await storeData(test, [{ v: 1 }, { v: 2 }, { v: 3 }]);
    const [own] = await storeData(test, [{ v: 2 }], { tenantId: acme });
    const { next_cursor } = await page({ sort: 'data.v', limit: '1' });
    expect(idsOf([await page({ sort: 'data.v' }, acme)])).toEqual([own?.id]);
    expect(idsOf([await page({ sort: 'data.v', cursor: String(next_cursor) }, acme)])).toEqual([own?.id]);
  });
});
