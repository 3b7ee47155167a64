import type { BatchAnswer } from '@painchain/contract';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../database/database.js';
import type { Sql } from '../database/sql.js';
import { awaitReindexing, deleteEvents } from '../retention/deletion-sql.js';
import { EventsRepository } from './events.repository.js';
import { judge, type Accepted } from './judge.js';
import { derived, derivedAgain } from './testing/derived.js';
import { event, IngestClient } from './testing/ingest-client.js';

let client: IngestClient;
let repository: EventsRepository;

beforeAll(async () => {
  client = await IngestClient.start();
  repository = new EventsRepository(client.app.get(Database));
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

type Transaction = (statements: (sql: Sql) => Promise<unknown>) => Promise<void>;

/** Transactions of a connection of its own that nobody repeats: a deadlock comes out as the failure that it is. */
async function onConnection(work: (transaction: Transaction) => Promise<void>): Promise<void> {
  const connection = new Client({ connectionString: client.test.appUrl });
  await connection.connect();
  const run: Transaction = async (statements) => {
    await connection.query('begin; set local app.tenant = 1');
    await statements(connection);
    await connection.query('commit');
  };
  try {
    await work(run);
  } finally {
    await connection.end();
  }
}

const waiting = async () =>
  (
    await client.test.asOwner(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length;

function accepted(key: string, more: object): Accepted {
  const now = new Date('2026-02-01');
  const verdict = judge(event(key, more), 1, { now, oldest: undefined, newest: now });
  if ('refused' in verdict) throw new Error(verdict.refused.detail);
  return verdict.accepted;
}

const batch = (prefix: string, project = '') =>
  Array.from({ length: 60 }, (_, n) =>
    accepted(`${prefix}-${n}`, {
      connector: `c${n % 3}`,
      project: `${project}${n % 7}`,
      status: `s${n % 4}`,
      actor: `a${n % 5}`,
      timestamp: `2026-01-${10 + (n % 6)}T0${n % 9}:35:00Z`,
    }),
  );

describe('concurrent writers', () => {
  it('never wait for each other in a circle, whatever order the same events come in', async () => {
    const rounds = Array.from({ length: 12 }, (_, round) => batch(`round-${round}`));
    const writer = (n: number) =>
      onConnection(async (run) => {
        for (const events of rounds) {
          await run((sql) => repository.store(sql, 1, null, n % 2 ? events : events.toReversed()));
        }
      });
    await Promise.all(Array.from({ length: 8 }, (_, n) => writer(n)));
    expect(await client.counts()).toMatchObject({ events: 720, counted: 720 });
    expect(await derived(client.test)).toEqual(await derivedAgain(client.test));
  });

  it('nor with what they refuse', async () => {
    const refused = Array.from({ length: 12 }, (_, round) =>
      Array.from(
        { length: 60 },
        (__, n) => ({ code: 'invalid', detail: '', event: `${round}-${n}` }) as const,
      ),
    );
    const writer = (n: number) =>
      onConnection(async (run) => {
        for (const items of refused) {
          await run((sql) => repository.keepRejected(sql, 1, null, n % 2 ? items : items.toReversed()));
        }
      });
    await Promise.all(Array.from({ length: 8 }, (_, n) => writer(n)));
    expect(await client.counts()).toMatchObject({ rejected: 720 });
  });

  // Where projects are shared, nobody comes to the counts before the other is done.
  it.each([true, false])('nor with retention, and count right (shared projects: %s)', async (areShared) => {
    const written = new AbortController();
    const writer = (n: number) =>
      onConnection(async (run) => {
        for (let round = 0; round < 12; round++) {
          const name = `writer-${n}-round-${round}`;
          const events = batch(name, areShared ? '' : name);
          await run((sql) => repository.store(sql, 1, null, n % 2 ? events : events.toReversed()));
        }
      });
    const retention = onConnection(async (run) => {
      while (!written.signal.aborted) {
        await run(async (sql) => {
          await sql.query({ text: awaitReindexing, values: [1] });
          await sql.query({ text: deleteEvents, values: [1, '2026-01-13T00:00:00Z', 25] });
        });
      }
    });
    await Promise.all(Array.from({ length: 6 }, (_, n) => writer(n))).finally(() => written.abort());
    await retention;
    expect(await derived(client.test)).toEqual(await derivedAgain(client.test));
  });

  it('nor where a known event is removed while it comes again: its batch begins anew', async () => {
    await client.sendBatch([event('a')]);
    const store = vi.spyOn(EventsRepository.prototype, 'store');
    const findKnown = vi.spyOn(EventsRepository.prototype, 'findKnown');
    let other: Promise<BatchAnswer> | undefined;
    findKnown.mockImplementationOnce(async (...found) => {
      await client.test.asOwner('delete from events');
      other = client.sendBatch([event('a')]);
      await vi.waitFor(async () => expect(await waiting()).toBe(1));
      return repository.findKnown(...found);
    });
    const { results } = await client.sendBatch([event('a'), event('b')]);
    expect(results.map(({ status }) => status)).toEqual(['duplicate', 'stored']);
    expect((await other)?.results.map(({ status }) => status)).toEqual(['stored']);
    // Nobody more often than that: no deadlock had to be resolved.
    expect(store).toHaveBeenCalledTimes(3);
    vi.restoreAllMocks();
  });
});
