import { FilterField } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Statement } from '../database/sql.js';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { stepFor } from './bucket-step.js';
import { bucketsOf } from './buckets.js';
import { keptFacets } from './facets-kept-sql.js';
import { keptHistogram } from './histogram-sql.js';
import { microsOf, millisOf } from './micros.js';
import type { Interval } from './pieces.js';
import { countStored } from './testing/store-counted.js';
import { zoneClock } from './zone-clock.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  const other = await test.createTenant('other');
  await test.asOwner(`insert into events (tenant_id, key, connector, project, title, type, status, actor, timestamp, data)
    select case when n % 10 = 0 then ${other} else 1 end, n::text, 'ci-' || n % 3, 'acme/' || n % 50, 'an event',
      'type-' || n % 7, case when n % 4 > 0 then 'status-' || n % 4 end, 'actor-' || n % 200,
      '2026-01-01Z'::timestamptz + n * interval '1 minute', '{"n":1}'
    from generate_series(1, 50000) as n`);
  await countStored(test);
  await test.asOwner('vacuum analyze events, event_days, event_slots');
});
afterAll(() => test.drop());

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Heap Fetches'?: number;
  Plans?: Node[];
}

/** How the events were read, and how many. */
async function readsOfEvents(
  statement: Statement,
): Promise<{ ways: string[]; rows: number; fetches: number }> {
  const text = `explain (analyze, format json) ${statement.text}`;
  const values: unknown[] = [...(statement.values ?? [])];
  const { rows } = await test.database.inTenant(1, (sql) =>
    sql.query<{ 'QUERY PLAN': [{ Plan: Node }] }>({ text, values }),
  );
  const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  const reads = plan ? nodes(plan).filter((node) => node['Relation Name'] === 'events') : [];
  return {
    ways: [...new Set(reads.map((node) => `${node['Node Type']} ${node['Index Name']}`))],
    rows: reads.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0),
    fetches: reads.reduce((sum, node) => sum + (node['Heap Fetches'] ?? 0), 0),
  };
}

const month = { from: microsOf('2026-01-03T10:07:00Z'), to: microsOf('2026-02-02T10:07:00Z') };

function buckets(range: Interval, zone: string): Interval[] {
  const clock = zoneClock(zone);
  if (!clock) throw new Error(`no zone ${zone}`);
  return bucketsOf(range, stepFor(millisOf(range.to - range.from), 100), clock);
}

describe('what is kept of counts', () => {
  it.each([undefined, ...FilterField.options])(
    'leaves to a histogram by %s only the edges, from an index alone',
    async (by) => {
      for (const zone of ['UTC', 'Asia/Kathmandu']) {
        const wanted = { buckets: buckets(month, zone), by, now: month.to };
        const read = await readsOfEvents(keptHistogram(1, wanted));
        expect(read.ways).toEqual(['Index Only Scan events_by_time']);
        expect(read.fetches).toBe(0);
        if (by === undefined || by === 'connector' || by === 'status') expect(read.rows).toBeLessThan(30);
      }
    },
  );

  it('leaves to facets the edges of two days, from the index alone', async () => {
    const fields = FilterField.options;
    const read = await readsOfEvents(
      keptFacets(1, { fields, range: month, now: month.to, contains: undefined, limit: 10 }),
    );
    expect(read.ways).toEqual(['Index Only Scan events_by_time']);
    expect(read.fetches).toBe(0);
    expect(read.rows).toBeLessThan(1_440);
  });

  it('leaves the events alone for tags that nothing has', async () => {
    const read = await readsOfEvents(
      keptFacets(1, { fields: ['tag'], range: month, now: month.to, contains: undefined, limit: 10 }),
    );
    expect(read.fetches).toBe(0);
    expect(read.rows).toBeLessThan(1_440);
  });

  it('leaves a range of whole days no event to read', async () => {
    const range = { from: microsOf('2026-01-03T00:00:00Z'), to: microsOf('2026-01-17T00:00:00Z') };
    expect(
      (
        await readsOfEvents(
          keptHistogram(1, { buckets: buckets(range, 'UTC'), by: 'connector', now: range.to }),
        )
      ).rows,
    ).toBe(0);
    const wanted = { fields: ['actor'], range, now: range.to, contains: 'a', limit: 5 };
    expect((await readsOfEvents(keptFacets(1, wanted))).rows).toBe(0);
  });
});
