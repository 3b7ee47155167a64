import { everything, type Query } from '@painchain/query';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { encodeId } from '../database/opaque-id.js';
import { matches } from '../query/testing/oracle.js';
import { randomQuery } from '../query/testing/random-query.js';
import type { StoredSample } from '../query/testing/sample-events.js';
import { dataFacet, namedFacet } from './facet-field.js';
import { FacetsRepository } from './facets.repository.js';
import { type Micros, microsOf } from './micros.js';
import type { Interval } from './pieces.js';
import { eventsOverTime, instantIn } from './testing/events-over-time.js';
import { storeCounted } from './testing/store-counted.js';

const time = { from: microsOf('2026-02-01T00:00:00Z'), to: microsOf('2026-02-08T00:00:00Z') };

let test: TestDatabase;
let repository: FacetsRepository;
let events: StoredSample[];

beforeAll(async () => {
  test = await createTestDatabase();
  repository = new FacetsRepository(test.database);
  const other = await test.createTenant('other');
  await storeCounted(test, other, eventsOverTime(200, time));
  events = await storeCounted(test, 1, eventsOverTime(600, time));
});
afterAll(() => test.drop());

/** What is counted, and the values that an event has of it. */
const valuesOf: Record<string, (event: StoredSample) => (string | null)[]> = {
  connector: ({ connector }) => [connector],
  project: ({ project }) => [project],
  type: ({ type }) => [type],
  status: ({ status }) => [status],
  actor: ({ actor }) => [actor],
  environment: ({ environment }) => [environment],
  tag: ({ tags }) => tags,
  ref: ({ refs }) => refs,
  title: ({ title }) => [title],
  severity: ({ severity }) => [severity],
  integration: ({ integration_id: id }) => [id === null ? null : encodeId('int', String(id))],
  time_precision: ({ time_gap }) => [time_gap ? 'gap' : 'exact'],
  backfill: ({ backfill }) => [String(backfill)],
  'data.n': ({ data }) => [scalar(data['n'])],
  'data.replicas.new': ({ data }) => itemsOf(data['replicas']).map((item) => scalar(memberOf(item, 'new'))),
  'data.list': ({ data }) => itemsOf(data['list']).flatMap(itemsOf).map(scalar),
};
const names = Object.keys(valuesOf);

const itemsOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());
const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
const scalar = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

function facetField(name: string) {
  const field = name.startsWith('data.')
    ? dataFacet(name, name.split('.').slice(1))
    : namedFacet(name as Parameters<typeof namedFacet>[0]);
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

interface Question {
  range: Interval;
  now: Micros;
  fields: string[];
  contains: string | undefined;
  limit: number;
}

/** The same answer by looking at each event. */
function counted(query: Query, { range, fields, contains, limit }: Question) {
  const found = events.filter((event) => {
    const at = microsOf(event.timestamp);
    return range.from <= at && at < range.to && matches(query, event);
  });
  const facets = fields.map((name) => {
    const counts = new Map<string, number>();
    let missing = 0;
    for (const event of found) {
      const values = new Set(valuesOf[name]?.(event).filter((value) => value !== null));
      if (values.size === 0) missing++;
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = Array.from(counts, ([value, count]) => ({ value, count }))
      .filter(({ value }) => value.toLowerCase().includes(contains?.toLowerCase() ?? ''))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    const others = Math.max(values.length - limit, 0);
    return [
      name,
      {
        values: values.slice(0, limit),
        others,
        missing,
        hasMoreValues: false,
      },
    ];
  });
  return { total: found.length, facets: Object.fromEntries(facets) as object };
}

async function read(query: Query, { fields, ...question }: Question) {
  const groups = [{ query, fields: fields.map(facetField) }];
  const { total, facets, end } = await repository.facets(1, { ...question, groups });
  expect(end.end).toBe('range');
  return { total, facets: Object.fromEntries(facets) as object };
}

const question = (names: readonly string[]): fc.Arbitrary<Question> =>
  fc.record({
    range: fc
      .tuple(instantIn(time), instantIn(time))
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one })),
    now: instantIn(time),
    fields: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 8 }),
    contains: fc.option(fc.constantFrom('a', 'AP', '%', '_', '\0', '5', 'int_'), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 20 }),
  });

describe('facets', () => {
  it('of everything are exact, whether from days, from an index or from the events', async () => {
    const property = fc.asyncProperty(question(names), async (question) => {
      expect(await read(everything, question)).toEqual(counted(everything, question));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('of a query are exact', async () => {
    const property = fc.asyncProperty(question(names), randomQuery, async (question, query) => {
      expect(await read(query, question)).toEqual(counted(query, question));
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
