import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type EventPage,
  type JsonObject,
  type JsonValue,
  limits,
  type TimelinePage,
} from '@painchain/contract';
import { readField } from '@painchain/query';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.js';
import { sampleEvents, storeSamples } from '../../query/testing/sample-events.js';
import { storeData } from '../testing/store-data.js';
import { createTestApp } from '../testing/test-app.js';
import { TimelineModule } from '../timeline.module.js';
import { TimelineService } from '../timeline.service.js';

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

function ask(fields: readonly string[], more: Record<string, string> = {}, tenant = 1) {
  const query = new URLSearchParams(more);
  for (const name of fields) query.append('fields', name);
  return app.inject({
    url: `/api/timeline?${query.toString()}`,
    headers: { 'x-test-tenant': String(tenant) },
  });
}

async function fieldsOf(fields: readonly string[], more: Record<string, string> = {}) {
  const answer = await ask(fields, { limit: '200', ...more });
  expect(answer.statusCode).toBe(200);
  return answer.json<TimelinePage>().rows.map((row) => row.fields);
}

/** The first value that is not null, where arrays on the way are entered. */
function find(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? undefined;
  const places = Array.isArray(value) ? value : [value];
  for (const place of places) {
    if (typeof place !== 'object' || place === null || Array.isArray(place)) continue;
    const found = Object.hasOwn(place, key) ? find(place[key], rest) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function isWhole(shown: unknown, value: JsonValue | undefined): void {
  const text = typeof value === 'object' ? JSON.stringify(value) : value;
  if (typeof text !== 'string' || [...text].length <= limits.columnText) {
    if (typeof value !== 'object') expect(shown).toEqual(value ?? null);
    else expect(JSON.parse(String(shown))).toEqual(value);
    return;
  }
  const characters = [...String(shown)];
  expect([characters.length, characters.at(-1)]).toEqual([limits.columnText, '…']);
  if (typeof value === 'string') expect(value.startsWith(characters.slice(0, -1).join(''))).toBe(true);
}

const key = fc.constantFrom(
  'a',
  'b',
  'a.b',
  '',
  ' ',
  '__proto__',
  'constructor',
  'q"uo\\te',
  'ü🚀',
  "o'neil; --",
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('ab, c: "d\\', 'x, '.repeat(150), '🚀'.repeat(301), '🚀'.repeat(300)),
);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(
      fc.integer(),
      fc.integer().map((n) => n / 100),
    ),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonObject>,
  ),
}));
const data = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
const path = fc.array(key, { minLength: 1, maxLength: 3 });
const quoted = (all: readonly string[]) =>
  ['data', ...all.map((each) => `"${each.replaceAll(/["\\]/g, String.raw`\$&`)}"`)].join('.');

// The database has no negative zero.
const asStored = (given: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(given), (_key, each: JsonValue) => (each === 0 ? 0 : each)) as JsonObject;

describe('fields of rows', () => {
  it('are what is in the data, whatever that is and whatever its keys are called', async () => {
    const property = fc.asyncProperty(
      fc.array(
        data.filter((each) => !JSON.stringify(each).includes('\\u0000')),
        { minLength: 1, maxLength: 8 },
      ),
      fc.array(path, { minLength: 1, maxLength: 6 }),
      async (all, paths) => {
        await test.asOwner('truncate events, event_refs, event_tail');
        const stored = await storeData(test, all.map(asStored));
        const answer = await ask(paths.map(quoted), { limit: '200' });
        const byId = new Map(answer.json<TimelinePage>().rows.map(({ id, fields }) => [id, fields]));
        for (const { id, data } of stored)
          for (const each of paths) {
            expect(readField(quoted(each))).toEqual({ name: 'data', path: each });
            isWhole(byId.get(id)?.[quoted(each)], find(data, each));
          }
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 11 });
  });

  it('are of every kind that the language knows, on pages that an index gives and on those that are looked for', async () => {
    const samples = await storeSamples(test, 1, sampleEvents(60));
    const names = [
      'env',
      'status',
      'tag',
      'ref',
      'backfill',
      'time_precision',
      'id',
      'received_at',
      'key',
      'TITLE',
    ];
    const expected = samples.map((event) => ({
      env: event.environment,
      status: event.status,
      tag: event.tags.length === 0 ? null : JSON.stringify(event.tags),
      ref: event.refs.length === 0 ? null : JSON.stringify(event.refs),
      backfill: event.backfill,
      time_precision: event.time_gap ? 'gap' : 'exact',
      id: expect.stringMatching(/^evt_/),
      received_at: event.received_at,
      key: event.key,
      TITLE: event.title,
    }));
    expect(await fieldsOf([...names, 'status'])).toEqual(expected);
    expect(await fieldsOf(names, { q: 'title:*' })).toEqual(expected);
    expect(await fieldsOf(names, { sort: 'timestamp' })).toEqual(expected.toReversed());
    const integrations = await fieldsOf(['integration']);
    expect(integrations.map((fields) => typeof fields?.['integration'])).toEqual(
      samples.map((event) => (event.integration_id === null ? 'object' : 'string')),
    );
    expect(new Set(integrations.map((fields) => fields?.['integration'])).size).toBe(3);
  });

  it('are there with full data, too, and not where nobody asks', async () => {
    await storeData(test, [{ n: 1 }]);
    const full: EventPage = await app.get(TimelineService).fullPage(1, { limit: 5, fields: ['data.n'] });
    expect(full.rows).toMatchObject([{ data: { n: 1 }, fields: { 'data.n': 1 } }]);
    expect(await fieldsOf([])).toEqual([undefined]);
  });

  it('are numbers only as long as they are exact', async () => {
    const stored = ['9007199254740993', '-12345678901234567890', '0.1', '1e3', '1e308'];
    for (const number of stored)
      await test.asOwner(
        `insert into events (tenant_id, key, connector, title, data, timestamp, project)
         values (1, $1::text, 'ci', 't', jsonb_build_object('n', $1::text::numeric), now(), 'p')`,
        [number],
      );
    const shown = (await fieldsOf(['data.n'], { sort: 'data.n' })).map((fields) => fields?.['data.n']);
    expect(shown).toEqual([
      '-12345678901234567890',
      0.1,
      1_000,
      '9007199254740993',
      `1${'0'.repeat(limits.columnText - 2)}…`,
    ]);
  });

  it.each([
    ['data.__proto__', 200],
    ['data."a.b".c', 200],
    [`data.${'x'.repeat(295)}`, 200],
    [`data${'.x'.repeat(148)}`, 200],
    [`data.'; drop table events; --`, 200],
    [String.raw`data."\"] ? (@ == 1)"`, 200],
    ['data.$', 200],
    ['data."\ud800"', 200],
    ['data.\0', 400],
    ['data.a..b', 422],
    ['data.', 422],
    ['', 422],
    ['constructor', 422],
    [`data.${'x'.repeat(296)}`, 422],
  ])('that hostile names ask for are answered, %#', async (name, status) => {
    await storeData(test, [{ n: 1 }]);
    expect((await ask([name])).statusCode).toBe(status);
    expect((await ask([], { sort: name })).statusCode).toBe(
      name.length > 300 && status === 422 ? 200 : status,
    );
  });

  it('are 20 at most', async () => {
    const names = Array.from({ length: 21 }, (_, n) => `data.n${n}`);
    expect((await ask(names)).statusCode).toBe(422);
    expect((await ask(names.slice(1))).statusCode).toBe(200);
    expect((await ask(['staus'])).json()).toMatchObject({
      errors: [{ pointer: '/fields', detail: expect.stringContaining('status') }],
    });
  });

  it('show nothing of another tenant', async () => {
    const acme = await test.createTenant('acme');
    await storeData(test, [{ secret: 'ours' }]);
    await storeData(test, [{ secret: 'theirs' }], { tenantId: acme });
    const answer = await ask(['data.secret'], {}, acme);
    expect(answer.json<TimelinePage>().rows.map(({ fields }) => fields)).toEqual([
      { 'data.secret': 'theirs' },
    ]);
  });
});
