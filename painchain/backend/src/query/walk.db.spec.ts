import type { Query } from '@painchain/query';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { matches } from './testing/oracle.js';
import { randomQuery } from './testing/random-query.js';
import { sampleEvents, type StoredSample, storeSamples } from './testing/sample-events.js';
import { type Walk, walk, type WalkEnd } from './walk.js';

let test: TestDatabase;
let events: StoredSample[];

beforeAll(async () => {
  test = await createTestDatabase();
  const other = await test.createTenant('other');
  await storeSamples(test, other, sampleEvents(2_000));
  events = await storeSamples(test, 1, sampleEvents(6_000));
  await test.asOwner('vacuum analyze');
});
afterAll(() => test.drop());

const inBatches = { budgetMs: 10_000, range: {}, order: 'newest' } as const;

/** The events that a walk finds, and how it ended. */
function find(
  asked: Partial<Walk> & { query: Query },
  wanted?: number,
): Promise<WalkEnd & { seqs: string[] }> {
  return test.database.inTenant(1, (sql) => take(sql, asked, wanted), {
    isolation: 'repeatable read',
    readOnly: true,
  });
}

async function take(
  sql: Parameters<typeof walk>[0],
  asked: Partial<Walk> & { query: Query },
  wanted?: number,
) {
  const seqs: string[] = [];
  const order = asked.order === 'oldest' ? 'asc' : 'desc';
  const end = await walk<{ seq: string }>(
    sql,
    {
      ...inBatches,
      tenantId: 1,
      columns: {},
      select: () => `select seq from hits order by timestamp ${order}, seq ${order}`,
      ...asked,
      ...(wanted !== undefined && { wanted }),
    },
    (rows) => {
      seqs.push(...rows.map(({ seq }) => seq));
      return seqs.length >= (wanted ?? Infinity) ? 'enough' : 'more';
    },
  );
  return { ...end, seqs };
}

describe('a walk', () => {
  it('finds exactly the events that match, in order, whichever way it goes', async () => {
    const asked = fc.record({
      query: randomQuery,
      isOldest: fc.boolean(),
      hasColumns: fc.boolean(),
      range: fc.constantFrom({}, { from: '2026-01-02T01:00:00.000001Z', to: '2026-01-03T02:00:00.000002Z' }),
      wanted: fc.constantFrom(undefined, 10, 2_000),
    });
    const property = fc.asyncProperty(asked, async ({ query, isOldest, hasColumns, range, wanted }) => {
      const { from = '', to = '3' } = range as { from?: string; to?: string };
      const expected = events
        .filter((event) => event.timestamp >= from && event.timestamp < to && matches(query, event))
        .map(({ seq }) => seq);
      if (isOldest) expected.reverse();
      const columns = hasColumns ? { title: 'e.title', at: 'e.received_at' } : {};
      const found = await find({ query, range, order: isOldest ? 'oldest' : 'newest', columns }, wanted);
      expect(found.seqs.slice(0, wanted)).toEqual(expected.slice(0, wanted));
      expect(found.end).toBe(expected.length >= (wanted ?? Infinity) ? 'enough' : 'range');
    });
    await fc.assert(property, { numRuns: 250, seed: 11 });
  });

  it.each([
    ['time', { kind: 'field', field: { name: 'status' }, test: { kind: 'is', value: 'failure' } }],
    ['words', { kind: 'text', text: 'payment api', isPrefix: false }],
    ['a ref', { kind: 'field', field: { name: 'ref' }, test: { kind: 'is', value: 'commit:abcdef0' } }],
  ] satisfies [string, Query][])('goes on along %s from where its time was over', async (_what, query) => {
    const seqs: string[] = [];
    const ends: string[] = [];
    for (let after: WalkEnd['reached']; ends.at(-1) !== 'range';) {
      const found = await find({ query, budgetMs: 0, after });
      seqs.push(...found.seqs);
      ends.push(found.end);
      after = found.reached;
    }
    expect(new Set(ends)).toEqual(new Set(['time', 'range']));
    expect(seqs).toEqual(events.filter((event) => matches(query, event)).map(({ seq }) => seq));
  });

  it('looks at nothing when nothing can match', async () => {
    const query: Query = { kind: 'field', field: { name: 'id' }, test: { kind: 'is', value: 'evt_' } };
    expect(await find({ query })).toEqual({ end: 'range', reached: undefined, seqs: [] });
  });
});
