import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { walk } from './walk.js';
import { sampleEvents, storeSamples } from './testing/sample-events.js';
import { withinTime } from './within-time.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ size: 1 });
});
afterAll(() => test.drop());

const reading = { isolation: 'repeatable read', readOnly: true, timeoutMs: 3_000 } as const;

describe('a statement that takes too long', () => {
  it('ends without a result, and the transaction goes on with the timeout that it had', async () => {
    const results = await test.database.inTenant(
      1,
      async (sql) => {
        const tooLong = await withinTime(sql, 50, () => sql.query({ text: 'select pg_sleep(2)' }));
        const quick = await withinTime(sql, 1_000, () => sql.query({ text: 'select 1 as one' }));
        const { rows } = await sql.query({ text: 'show statement_timeout' });
        return [tooLong, quick?.rows, rows];
      },
      reading,
    );
    expect(results).toEqual([undefined, [{ one: 1 }], [{ statement_timeout: '3s' }]]);
  });

  it('fails as ever for another reason', async () => {
    const failing = test.database.inTenant(
      1,
      (sql) => withinTime(sql, 1_000, () => sql.query({ text: 'select 1 / 0' })),
      reading,
    );
    await expect(failing).rejects.toMatchObject({ code: '22012' });
  });

  it.each([
    ['along the timeline', { kind: 'all', of: [] }, 0, 999],
    [
      'along words, which leaves time to go along the timeline',
      { kind: 'text', text: 'slow', isPrefix: true },
      400,
      1_299,
    ],
  ] as const)(
    'ends a walk %s with what it has, and its connection serves the next',
    async (way, query, quiet, reached) => {
      const events = sampleEvents(1_500).map((event, n) => ({
        ...event,
        title: n === 0 ? 'slowest' : n < 1_500 - quiet ? 'slow' : 'quiet',
        key: `${way} ${n}`,
        timestamp: n === 0 ? '2026-01-01T00:00:00Z' : `2026-02-01T00:00:00.${String(n).padStart(6, '0')}Z`,
      }));
      await test.asOwner('truncate events, event_words, event_refs, event_tail');
      const stored = await storeSamples(test, 1, events);
      const seqs: string[] = [];
      const { end, still } = await test.database.inTenant(
        1,
        async (sql) => {
          const asked = {
            tenantId: 1,
            query,
            range: {},
            order: 'newest',
            budgetMs: 600,
            columns: { nap: `case when e.title = 'slowest' then pg_sleep(10)::text end` },
            select: () => 'select seq, nap from hits order by timestamp desc, seq desc',
          } as const;
          const end = await walk<{ seq: string }>(sql, asked, (rows) => {
            seqs.push(...rows.map(({ seq }) => seq));
            return 'more';
          });
          return {
            end,
            still: (await sql.query({ text: 'select count(*)::integer as n from events' })).rows,
          };
        },
        reading,
      );
      expect(end).toMatchObject({ end: 'time', reached: { seq: stored[reached]?.seq } });
      expect(seqs).toEqual(stored.slice(quiet, reached + 1).map(({ seq }) => seq));
      expect(still).toEqual([{ n: 1_500 }]);
      expect(test.database.connections).toEqual({ total: 1, idle: 1, waiting: 0 });
    },
  );
});
