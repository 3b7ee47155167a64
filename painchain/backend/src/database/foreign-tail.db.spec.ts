import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@painchain/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../timeline/testing/test-app.js';
import { insertEvents } from '../timeline/testing/insert-events.js';
import { readStream, type StreamReader } from '../timeline/testing/read-stream.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { prepareDatabase } from './prepare.js';
import { createTestDatabase, type TestDatabase } from './testing/test-database.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  test = await createTestDatabase();
  app = await createTestApp(test.database, [TimelineModule]);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  url = `http://127.0.0.1:${port}/api/timeline/stream`;
});
afterAll(async () => {
  (app.getHttpServer() as Server).closeAllConnections();
  await app.close();
  await test.drop();
});

const start = () =>
  prepareDatabase(
    { ownerUrl: test.ownerUrl, appUrl: test.appUrl, isAppDerived: true },
    createLogger({ name: 'test', level: 'silent' }),
  );

const kinds = ({ messages }: StreamReader) => messages.map(({ kind }) => kind);

/** What a dump brings along from a cluster that was a million transactions further. */
async function bringForeignTail(): Promise<void> {
  await insertEvents(test, ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z']);
  const later = '(pg_current_xact_id()::text::bigint + 1000000)::text::xid8';
  await test.asOwner(`update event_tail set xid = ${later}`);
  await test.asOwner(`update event_tail_horizon set xid = ${later}`);
}

describe('the live tail of a database that was restored from a dump', () => {
  it('begins anew with the first start, and tells what happens from then on', async () => {
    await bringForeignTail();
    const before = await readStream(url);
    await before.until(() => kinds(before).filter((kind) => kind === 'reset').length > 1);
    before.close();

    await start();
    expect(await test.asOwner('select from event_tail')).toEqual([]);
    const reader = await readStream(url);
    await reader.until(() => reader.lastId !== undefined);
    await insertEvents(test, ['2026-03-01T00:00:00Z']);
    await reader.until(() => reader.rows().length === 1);
    expect(kinds(reader)).toEqual(['rows']);
    reader.close();
  });

  it('loses nothing of its own with any start', async () => {
    await insertEvents(test, ['2026-04-01T00:00:00Z', '2026-04-01T00:00:01Z']);
    const tail = () => test.asOwner('select xid::text, seq from event_tail order by xid, seq');
    const before = await tail();
    expect(before.length).toBeGreaterThanOrEqual(2);
    await start();
    expect(await tail()).toEqual(before);
  });
});
