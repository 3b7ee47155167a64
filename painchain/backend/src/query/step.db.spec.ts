import { parse } from '@painchain/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { routeOf } from './route.js';
import type { Way } from './source.js';
import { stepStatement } from './step.js';
import { sampleEvents, storeSamples } from './testing/sample-events.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  const other = await test.createTenant('other');
  await storeSamples(test, other, sampleEvents(8_000));
  await storeSamples(test, 1, sampleEvents(20_000));
  await test.asOwner('vacuum analyze');
});
afterAll(() => test.drop());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Function Name'?: string;
  Plans?: Plan[];
}

/** How tables are read, as the role that serves plans it: `Index Only Scan events_by_time`. */
async function scansOf(q: string, way: Way, columns: Record<string, string> = {}): Promise<string[]> {
  const statement = stepStatement({
    tenantId: 1,
    route: routeOf(parse(q)),
    way,
    order: 'newest',
    after: { timestamp: '2026-01-04T00:00:00.000000Z', seq: '999999' },
    size: 1_000,
    countsWords: false,
    columns,
    select: () => 'select count(*) from hits',
  });
  if (!statement) throw new Error('nothing can match');
  const { rows } = await test.database.inTenant(1, (sql) =>
    sql.query<{ 'QUERY PLAN': { Plan: Plan }[] }>({
      ...statement,
      text: `explain (format json) ${statement.text}`,
    }),
  );
  const scans = (plan: Plan): string[] => {
    const read = plan['Index Name'] ?? plan['Relation Name'] ?? plan['Function Name'];
    const below = (plan.Plans ?? []).flatMap(scans);
    return read === undefined ? below : [`${plan['Node Type']} ${read}`, ...below];
  };
  return rows.flatMap(({ 'QUERY PLAN': [explained] }) => (explained ? scans(explained.Plan) : []));
}

describe('a step', () => {
  it.each([
    'status:failure',
    '-actor:ada environment:(prod OR staging) type:p*',
    'project:(acme/api OR acme/web) connector:github timestamp:<2026-01-04',
  ])('needs the index of the timeline and nothing else to judge the filter fields: %s', async (q) => {
    expect(await scansOf(q, 'time', { status: 'e.status' })).toEqual([
      'Index Only Scan events_by_time',
      'Index Only Scan events_by_time',
    ]);
  });

  it('looks the words of its events up one by one', async () => {
    expect(new Set(await scansOf('payment -rollout', 'time'))).toEqual(
      new Set(['Index Only Scan events_by_time', 'Index Scan event_words_pkey']),
    );
  });

  it('reads no event when it is enough to know which have the words', async () => {
    expect(await scansOf('payment timestamp:>2026-01-01', 'words')).toEqual(['Function Scan find_words']);
  });

  it('goes along a ref', async () => {
    const scans = await scansOf('ref:commit:abcdef0 status:failure', 'ref');
    expect(scans).toContain('Index Only Scan event_refs_pkey');
  });
});
