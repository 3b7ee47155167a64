import { get as httpGet, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { StoredEvent } from '@painchain/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { insertEvents, secondsApart } from '../timeline/testing/insert-events.js';
import { createTestApp } from '../timeline/testing/test-app.js';
import { TimelineRepository } from '../timeline/timeline.repository.js';
import { ExportModule } from './export.module.js';
import { readCsv } from './testing/read-csv.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let base: string;

async function serve() {
  const served = await createTestApp(test.database, [ExportModule]);
  await served.listen(0, '127.0.0.1');
  const { port } = served.getHttpServer().address() as AddressInfo;
  return { served, base: `http://127.0.0.1:${port}/api/export` };
}

beforeAll(async () => {
  test = await createTestDatabase({ size: 12 });
  ({ served: app, base } = await serve());
});
afterAll(async () => {
  (app.getHttpServer() as Server).closeAllConnections();
  await app.close();
  await test.drop();
});
beforeEach(() => test.asOwner('truncate events, event_refs, event_tail, event_words'));
afterEach(() => vi.restoreAllMocks());

const many = (count: number, titleLength = 20) =>
  test.asOwner(
    `insert into events (tenant_id, key, connector, title, data, timestamp, project)
     select 1, n::text, 'ci', rpad('event ' || n || ' ', $2, 'x'), jsonb_build_object('n', n), '2026-01-01'::timestamptz + (n / 3) * interval '1 second', 'p'
     from generate_series(1, $1) n`,
    [count, titleLength],
  );

/** An answer whose body nobody has begun to read. */
const open = (query: string, at = base) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    httpGet(`${at}${query}`, (answer) => {
      answer.pause();
      resolve(answer);
    }).on('error', reject);
  });

async function rest(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const text = async (query: string, headers: Record<string, string> = {}) =>
  (await fetch(`${base}${query}`, { headers })).text();

describe('GET /api/export', () => {
  it.each(['ndjson', 'csv', 'markdown'])(
    'gives all events as %s, each once, and none that came after its start, while others are stored',
    async (format) => {
      await many(20_500);
      const stop = new AbortController();
      const answer = await open(`?format=${format}&fields=data.n`);
      const writer = (async () => {
        for (let n = 0; !stop.signal.aborted; n++) {
          const at = new Date(Date.UTC(2026, 0, 1) + ((n * 7_919) % 7_000) * 1_000).toISOString();
          await insertEvents(test, [at, at, '2026-02-01T00:00:00Z']);
        }
      })();
      const body = await rest(answer);
      stop.abort();
      await writer;
      const numbers = [...body.matchAll(/event (\d+) x/g)].map(([, number]) => Number(number));
      const [first] = numbers;
      expect(first).toBe(format === 'markdown' ? 1 : 20_500);
      expect(numbers).toHaveLength(20_500);
      expect(new Set(numbers).size).toBe(20_500);
      expect(body).not.toContain('of 2026');
      expect((await test.asOwner(`select from events where title like 'of 2026%'`)).length).toBeGreaterThan(
        3,
      );
    },
  );

  it('gives whole events as NDJSON, newest first, in line with its query', async () => {
    await many(30);
    const lines = (await text('?format=ndjson&q=data.n:>10&from=2026-01-01T00:00:00Z')).split('\n');
    expect(lines.pop()).toBe('');
    const events = lines.map((line) => StoredEvent.parse(JSON.parse(line)));
    expect(events.map(({ data }) => data['n'])).toEqual(Array.from({ length: 20 }, (_, n) => 30 - n));
  });

  it('gives added columns as CSV, under the names that they were asked for by', async () => {
    await many(2);
    const [header, ...lines] = readCsv(
      (await text('?format=csv&fields=data.n&fields=env&fields=data.n')).slice(1),
    );
    expect(header?.slice(-3)).toEqual(['id', 'data.n', 'env']);
    expect(lines.map((line) => line.slice(-2))).toEqual([
      ['2', ''],
      ['1', ''],
    ]);
  });

  it.each([
    ['csv', 'text/csv; charset=utf-8; header=present', 'csv'],
    ['ndjson', 'application/x-ndjson; charset=utf-8', 'ndjson'],
    ['markdown', 'text/markdown; charset=utf-8', 'md'],
  ])('says what %s is, also to who only asks for that', async (format, type, extension) => {
    const query = `?format=${format}&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`;
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(`${base}${query}`, { method });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="painchain-20260101T000000Z-20260102T000000Z.${extension}"`,
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await answer.text()).toMatch(method === 'HEAD' || format === 'ndjson' ? /^$/ : /[a-z]/);
    }
  });

  it('gives nothing of another tenant', async () => {
    const acme = await test.createTenant('acme');
    await insertEvents(test, secondsApart(3));
    await insertEvents(test, secondsApart(1), { tenantId: acme, project: 'acme/own' });
    for (const format of ['csv', 'ndjson', 'markdown']) {
      const body = await text(`?format=${format}`, { 'x-test-tenant': String(acme) });
      expect(body).toContain('acme/own');
      expect(body).not.toContain('acme/api');
    }
  });

  it.each([
    ['?format=pdf', 422, '/format'],
    ['', 422, '/format'],
    ['?format=csv&q=status:(a', 422, '/q'],
    ['?format=csv&fields=staus', 422, '/fields'],
    ['?format=csv&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 422, '/from'],
    ['?format=markdown&zone=Middle/Earth', 422, '/zone'],
    ['?format=markdown&at=yesterday', 422, '/at'],
    ['?format=csv&sort=title', 422, ''],
  ])('is a problem before its first byte: %s', async (query, status, pointer) => {
    const answer = await fetch(`${base}${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer }] });
  });

  it('is not begun while not all can be found', async () => {
    await test.asOwner('insert into text_reindexing (tenant_id, before_seq) values (1, 100)');
    const answer = await fetch(`${base}?format=csv&q=payment`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect((await fetch(`${base}?format=csv&q=status:failure`, { method: 'HEAD' })).status).toBe(200);
    await test.asOwner('delete from text_reindexing');
  });
});

describe('an export that somebody takes', () => {
  const pagesOf = (served: NestFastifyApplication) => vi.spyOn(served.get(TimelineRepository), 'page');
  const isQuiet = async (pages: { mock: { calls: unknown[] } }) => {
    for (let before = -1; before !== pages.mock.calls.length; await sleep(400))
      before = pages.mock.calls.length;
  };

  const hasRoom = () =>
    vi.waitFor(async () => expect((await fetch(`${base}?format=csv`, { method: 'HEAD' })).status).toBe(200));

  it('is read only as fast as it is taken, and no further once its reader has left', async () => {
    await many(30_000, 1_000);
    const pages = pagesOf(app);
    const answer = await open('?format=csv');
    await isQuiet(pages);
    const read = pages.mock.calls.length;
    // The connection has room for some of it.
    expect(read).toBeLessThan(30);
    answer.destroy();
    await sleep(500);
    expect(pages.mock.calls.length).toBeLessThanOrEqual(read + 1);
    const others = await Promise.all(Array.from({ length: 4 }, () => open('?format=csv')));
    expect(others.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    const refused = await fetch(`${base}?format=csv`);
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      { detail: expect.stringContaining('Wait until one of them is done') },
    ]);
    for (const each of others) each.destroy();
    await hasRoom();
  });

  it('leaves its place when its reader leaves before the first byte', async () => {
    await many(10_000, 1_000);
    const repository = app.get(TimelineRepository);
    const read = repository.page.bind(repository);
    const pages = pagesOf(app);
    for (let n = 0; n < 10; n++) {
      pages.mockImplementationOnce(async (...asked) => {
        await sleep(100);
        if (n % 2 === 0) throw new Error('late');
        return read(...asked);
      });
      const before = pages.mock.calls.length;
      const abort = new AbortController();
      const asked = fetch(`${base}?format=csv`, { signal: abort.signal }).catch(() => undefined);
      await vi.waitFor(() => expect(pages.mock.calls.length).toBeGreaterThan(before));
      abort.abort();
      await asked;
      await sleep(150);
    }
    await hasRoom();
  });

  it('breaks when something goes wrong in the middle, so that nobody takes it for whole', async () => {
    await many(3_000);
    const pages = pagesOf(app);
    const answer = await open('?format=csv');
    expect(answer.statusCode).toBe(200);
    pages.mockRejectedValue(new Error('the database is gone'));
    const body = rest(answer);
    const wasWhole = await body.then(
      (whole) => whole.split('\r\n').length > 3_000,
      () => 'broken',
    );
    expect(wasWhole).toBe('broken');
  });

  it('is broken off when the process stops', async () => {
    await many(30_000, 1_000);
    const other = await serve();
    const answer = await open('?format=csv', other.base);
    const closed = other.served.close();
    await expect(rest(answer)).rejects.toThrow();
    await closed;
  });
});
