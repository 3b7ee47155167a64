import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RetentionRepository } from '../retention/retention.repository.js';
import { derived, derivedAgain } from './testing/derived.js';
import { event, IngestClient } from './testing/ingest-client.js';

let client: IngestClient;
let retention: RetentionRepository;
let tenants: number[];

beforeAll(async () => {
  client = await IngestClient.start();
  retention = new RetentionRepository(client.test.database);
  tenants = [1, await client.test.createTenant('acme')];
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

const named = (name: string) => fc.option(fc.constantFrom(`${name} 1`, `${name} 2`), { nil: undefined });

const timestamp = fc.constantFrom(
  '2026-01-30T23:59:59.999999Z',
  '2026-01-31T00:00:00Z',
  '2026-01-31T00:14:59.9Z',
  '2026-01-31T00:15:00Z',
  '2026-01-31T03:00:00+05:45',
  '1969-12-31T23:50:00Z',
  '2026-02-01T10:35:00-08:00',
);

const anyEvent = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    connector: fc.constantFrom('ci', 'git'),
    project: fc.constantFrom('acme/api', 'acme/web'),
    timestamp,
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    type: named('type'),
    status: named('Status'),
    actor: named('actor'),
    environment: named('environment'),
    subject: named('subject'),
    tags: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 4 }),
    data: fc.record({ message: fc.string({ unit: 'binary', maxLength: 40 }) }),
  })
  .map(({ key, ...more }) => event(key, more));

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ send: fc.array(anyEvent, { minLength: 1, maxLength: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ deleteBefore: timestamp, atMost: fc.integer({ min: 1, max: 20 }) }) },
);

describe('what is kept beside events', () => {
  it('is what follows from them, whatever was sent and deleted', async () => {
    let stored = 0;
    const steps = fc.array(fc.record({ tenant: fc.nat({ max: 1 }), does: step }), { maxLength: 10 });
    await fc.assert(
      fc
        .asyncProperty(steps, async (sequence) => {
          for (const { tenant, does } of sequence) {
            const id = tenants[tenant] ?? 1;
            if ('send' in does) await client.sendBatch(does.send, { 'x-test-tenant': String(id) });
            else await retention.deleteEvents(id, new Date(does.deleteBefore), does.atMost);
          }
          const again = await derivedAgain(client.test);
          expect(await derived(client.test)).toEqual(again);
          stored += again.words.length;
        })
        .afterEach(() => client.empty()),
      { numRuns: 60 },
    );
    expect(stored).toBeGreaterThan(60);
  });

  it('is searchable at once', async () => {
    const { results } = await client.sendBatch([event('a', { data: { file: 'src/app/payment-api.ts' } })]);
    expect(results[0]?.status).toBe('stored');
    const found = await client.test.database.inTenant(1, (sql) =>
      sql.query({
        text: `select from find_words($1, '-infinity', 'infinity', true, 10)`,
        values: [`'1.payment' <-> '1.api'`],
      }),
    );
    expect(found.rowCount).toBe(1);
  });
});
