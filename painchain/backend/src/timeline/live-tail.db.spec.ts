import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TimelinePage } from '@painchain/contract';
import { parse } from '@painchain/query';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeId } from '../database/opaque-id.js';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { matches } from '../query/testing/oracle.js';
import { sampleEvents, storeSamples } from '../query/testing/sample-events.js';
import { insertEvents, secondsApart } from './testing/insert-events.js';
import { readStream, type StreamReader } from './testing/read-stream.js';
import { createTestApp } from './testing/test-app.js';
import { TimelineModule } from './timeline.module.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let base: string;
const readers: StreamReader[] = [];

async function serve() {
  const served = await createTestApp(test.database, [TimelineModule]);
  await served.listen(0, '127.0.0.1');
  const { port } = served.getHttpServer().address() as AddressInfo;
  return { served, base: `http://127.0.0.1:${port}/api/timeline` };
}

beforeAll(async () => {
  test = await createTestDatabase({ size: 12 });
  ({ served: app, base } = await serve());
});
afterAll(async () => {
  // The client may have opened a connection that it never used, and closing would wait for its first request.
  (app.getHttpServer() as Server).closeAllConnections();
  await app.close();
  await test.drop();
});
beforeEach(() =>
  test.asOwner(`truncate events, event_refs, event_tail; update event_tail_horizon set xid = '0'`),
);
afterEach(() => readers.splice(0).forEach((reader) => reader.close()));

async function stream(query = '', headers: Record<string, string> = {}): Promise<StreamReader> {
  const reader = await readStream(`${base}/stream${query}`, headers);
  readers.push(reader);
  return reader;
}

const page = async (query = '') => (await (await fetch(`${base}${query}`)).json()) as TimelinePage;

/** A transaction of the owner's that stores an event and stays open. */
async function openTransaction() {
  const client = new Client({ connectionString: test.ownerUrl });
  await client.connect();
  await client.query('begin');
  await client.query(`with stored as (insert into events (tenant_id, key, connector, title, data, timestamp, project)
    values (1, 'held', 'ci', 'held back', '{}', now(), 'p') returning seq)
    insert into event_tail (tenant_id, seq) select 1, seq from stored`);
  return { commit: () => client.query('commit').then(() => client.end()) };
}

describe('GET /api/timeline/stream', () => {
  it('continues a page: nothing between them is missed while four writers commit late', async () => {
    let isWriting = true;
    const write = async (writer: number) => {
      const client = new Client({ connectionString: test.ownerUrl });
      await client.connect();
      for (let n = 0; n < 60; n++) {
        await client.query('begin');
        await client.query(
          `with stored as (insert into events (tenant_id, key, connector, title, data, timestamp, project)
             select 1, $1 || '-' || i, 'ci', $1 || '-' || i, '{}', now(), 'p' from generate_series(1, 5) i returning seq)
           insert into event_tail (tenant_id, seq) select 1, seq from stored`,
          [`${writer}-${n}`],
        );
        await sleep(Math.random() * 40);
        await client.query('commit');
      }
      await client.end();
    };
    const writers = [1, 2, 3, 4].map(write);
    const read = async () => {
      const seen = new Set<string>();
      await sleep(Math.random() * 1_000);
      let { rows, next_cursor, live_cursor } = await page('?limit=200');
      const reader = await stream(`?cursor=${live_cursor}`);
      for (;;) {
        for (const { title } of rows) seen.add(title);
        if (!next_cursor) break;
        ({ rows, next_cursor } = await page(`?limit=200&cursor=${next_cursor}`));
      }
      for (let patience = 100; seen.size < 1_200 && patience > 0; patience -= isWriting ? 0 : 1) {
        await sleep(50);
        for (const { title } of reader.rows()) seen.add(title);
      }
      return seen.size;
    };
    const sizes = Promise.all([read(), read(), read()]);
    await Promise.all(writers);
    isWriting = false;
    expect(await sizes).toEqual([1_200, 1_200, 1_200]);
  });

  it('starts now without a cursor, and gives every row once', async () => {
    await insertEvents(test, secondsApart(3));
    const reader = await stream();
    await reader.until(() => reader.lastId !== undefined);
    await insertEvents(test, ['2026-03-01T00:00:00.000001Z']);
    await reader.until(() => reader.rows().length > 0);
    await sleep(600);
    expect(reader.rows().map(({ timestamp }) => timestamp)).toEqual(['2026-03-01T00:00:00.000001Z']);
  });

  it('continues after a reconnect by Last-Event-ID, which wins over the cursor, on any process', async () => {
    const start = (await page()).live_cursor;
    const reader = await stream(`?cursor=${start}`);
    await insertEvents(test, ['2026-03-01T00:00:00Z']);
    await reader.until(() => reader.rows().length === 1);
    reader.close();
    await insertEvents(test, ['2026-03-02T00:00:00Z']);
    const other = await serve();
    const again = await readStream(`${other.base}/stream?cursor=${start}`, {
      'last-event-id': reader.lastId ?? '',
    });
    await again.until(() => again.rows().length > 0);
    expect(again.rows().map(({ timestamp }) => timestamp)).toEqual(['2026-03-02T00:00:00.000000Z']);
    again.close();
    await other.served.close();
  });

  it('sends what the filter lets through, of the own tenant', async () => {
    const acme = await test.createTenant('acme');
    const reader = await stream('?project=a&project=b&status=Failure');
    await reader.until(() => reader.lastId !== undefined);
    for (const [project, status] of [
      ['a', 'failure'],
      ['b', 'success'],
      ['c', 'failure'],
      ['b', 'failure'],
    ] as const) {
      await insertEvents(test, ['2026-01-01T00:00:00Z'], { project, status });
      await insertEvents(test, ['2026-01-01T00:00:00Z'], { project, status, tenantId: acme });
    }
    await reader.until(() => reader.rows().length >= 2);
    await sleep(400);
    expect(reader.rows().map(({ project }) => project)).toEqual(['a', 'b']);
  });

  it('sends exactly what matches each query, to streams that ask for different things', async () => {
    const samples = sampleEvents(200);
    const queries = [
      'payment',
      '-status:failure data.n:>1',
      '',
      'actor:nobody',
      '"pay"* OR ref:commit:abcdef0',
    ];
    const readers = await Promise.all(
      queries.map((q) => stream(`?${new URLSearchParams({ q }).toString()}`)),
    );
    await Promise.all(readers.map((reader) => reader.until(() => reader.lastId !== undefined)));
    const stored = await storeSamples(test, 1, samples);
    const [, , everyone] = readers;
    await everyone?.until(() => everyone.rows().length === 200);
    const expected = queries.map((q) => stored.filter((event) => matches(parse(q), event)));
    await Promise.all(
      readers.map((reader, at) => reader.until(() => reader.rows().length === expected[at]?.length)),
    );
    const sent = readers.map((reader) =>
      reader
        .rows()
        .map(({ id }) => id)
        .sort(),
    );
    expect(sent).toEqual(expected.map((found) => found.map(({ seq }) => encodeId('evt', seq)).sort()));
    expect(new Set(expected.map(({ length }) => length)).size).toBe(queries.length);
  });

  it('lets nobody wait for a query that takes too long', async () => {
    const [plain, slow] = [await stream('?status=success'), await stream('?q=payment')];
    await Promise.all([plain, slow].map((reader) => reader.until(() => reader.lastId !== undefined)));
    const client = new Client({ connectionString: test.ownerUrl });
    await client.connect();
    await client.query('begin; lock table event_words in access exclusive mode');
    await insertEvents(test, ['2026-03-01T00:00:00Z'], { status: 'success' });
    await plain.until(() => plain.rows().length === 1, 6_000);
    await slow.ended;
    expect(slow.messages).toEqual([{ kind: 'reset', reason: expect.stringContaining('too long') }]);
    await client.end();
  });

  it('catches up with a long absence in order', async () => {
    const { live_cursor } = await page();
    for (let n = 0; n < 4; n++) await insertEvents(test, secondsApart(400, Date.UTC(2026, n)));
    const reader = await stream(`?cursor=${live_cursor}`);
    await reader.until(() => reader.rows().length === 1_600);
    const times = reader.rows().map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted());
  });

  it('gives much at once to a client that reads, without a reset', async () => {
    const { live_cursor } = await page();
    for (let n = 0; n < 4; n++) await insertEvents(test, secondsApart(400, Date.UTC(2026, n)));
    await test.asOwner(`update events set title = repeat('x', 3000)`);
    const reader = await stream(`?cursor=${live_cursor}`);
    await reader.until(() => reader.rows().length === 1_600);
    expect(reader.messages.filter(({ kind }) => kind === 'reset')).toEqual([]);
  });

  it.each([
    ['is none of ours', async () => 'abc'],
    ['has SQL in it', async () => `${(await page()).live_cursor}'--`],
    [
      'is of another cluster',
      async () => (await page()).live_cursor.replace(/^[0-9a-f]{12}/, 'feedfeedfeed'),
    ],
    ['lies in the future', async () => (await page()).live_cursor.replace(/\.\d+\./, '.99999999999.')],
    [
      'lies before what was pruned',
      async () => {
        const { live_cursor } = await page();
        await insertEvents(test, ['2026-01-01T00:00:00Z']);
        await test.asOwner('update event_tail_horizon set xid = (select max(xid) from event_tail)');
        return live_cursor;
      },
    ],
  ])('says reset when the cursor %s, and goes on from now', async (_what, cursorOf) => {
    const cursor = await cursorOf();
    const reader = await stream(`?cursor=${encodeURIComponent(cursor)}`);
    await reader.until(() => reader.messages.length > 0);
    expect(reader.messages[0]).toMatchObject({ kind: 'reset', reason: expect.any(String) });
    await insertEvents(test, ['2026-03-01T00:00:00Z']);
    await reader.until(() => reader.rows().length === 1);
    expect(reader.messages.filter(({ kind }) => kind === 'reset')).toHaveLength(1);
  });

  it('tells when a transaction holds it back, and when that is over, and misses nothing', async () => {
    const { live_cursor } = await page();
    const reader = await stream(`?cursor=${live_cursor}`);
    const held = await openTransaction();
    await insertEvents(test, ['2026-03-01T00:00:00Z']);
    await reader.until(() => reader.messages.some(({ kind }) => kind === 'lag'), 5_000);
    expect(reader.rows()).toEqual([]);
    await held.commit();
    await reader.until(() => reader.rows().length === 2);
    await reader.until(() =>
      reader.messages.some((message) => message.kind === 'lag' && message.lag_seconds === 0),
    );
  });

  it('sends the first event within half a second', async () => {
    const reader = await stream();
    await reader.until(() => reader.lastId !== undefined);
    await sleep(500);
    const before = performance.now();
    await insertEvents(test, ['2026-03-01T00:00:00Z']);
    await reader.until(() => reader.rows().length === 1);
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('ends its streams when the process stops', async () => {
    const other = await serve();
    const reader = await readStream(`${other.base}/stream`);
    const before = performance.now();
    await other.served.close();
    await reader.ended;
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('answers HEAD and takes no place of a stream for it', async () => {
    const answer = await app.inject({ method: 'HEAD', url: '/api/timeline/stream' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
  });

  it('refuses a filter that it does not know before the stream begins', async () => {
    const answer = await fetch(`${base}/stream?staus=failure`);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    await answer.body?.cancel();
  });
});
