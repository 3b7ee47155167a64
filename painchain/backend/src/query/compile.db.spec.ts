import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '@painchain/query';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { binder } from './bind.js';
import { compile } from './compile.js';
import { matches } from './testing/oracle.js';
import { randomQuery } from './testing/random-query.js';
import { sampleEvents, type StoredSample, storeSamples } from './testing/sample-events.js';

let test: TestDatabase;
let events: StoredSample[];

beforeAll(async () => {
  test = await createTestDatabase();
  const other = await test.createTenant('other');
  await storeSamples(test, other, sampleEvents(300));
  events = await storeSamples(test, 1, sampleEvents(300));
});
afterAll(() => test.drop());

async function found(query: Query): Promise<(string | boolean)[][]> {
  const values: unknown[] = [1];
  const condition = compile(query, 1, binder(values));
  const { rows } = await test.database.inTenant(1, (sql) =>
    sql.query<{ seq: string; is_hit: boolean }>({
      text: `select e.seq, ${condition} as is_hit from events e where e.tenant_id = $1 order by e.seq`,
      values,
    }),
  );
  return rows.map(({ seq, is_hit }) => [seq, is_hit]);
}

describe('a compiled query', () => {
  it('is true or false of each event, and means what the tree means', async () => {
    const inOrder = events.toSorted((one, other) => Number(one.seq) - Number(other.seq));
    let both = 0;
    const property = fc.asyncProperty(randomQuery, async (query) => {
      const expected = inOrder.map((event) => [event.seq, matches(query, event)]);
      expect(await found(query)).toEqual(expected);
      if (new Set(expected.map(([, isHit]) => isHit)).size === 2) both++;
    });
    await fc.assert(property, { numRuns: 400, seed: 7 });
    // Trees that are all or nothing would prove little.
    expect(both).toBeGreaterThan(100);
  });
});
