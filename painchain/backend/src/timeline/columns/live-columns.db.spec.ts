import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.js';
import { readStream } from '../testing/read-stream.js';
import { storeData } from '../testing/store-data.js';
import { createTestApp } from '../testing/test-app.js';
import { TimelineModule } from '../timeline.module.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let base: string;
beforeAll(async () => {
  test = await createTestDatabase({ size: 12 });
  app = await createTestApp(test.database, [TimelineModule]);
  await app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/api/timeline/stream`;
});
afterAll(async () => {
  (app.getHttpServer() as Server).closeAllConnections();
  await app.close();
  await test.drop();
});

it('streams have the columns that each of them asked for', async () => {
  const readers = await Promise.all(
    ['?fields=data.n&fields=connector', '?fields=data.text&q=data.n:>1', ''].map((query) =>
      readStream(base + query),
    ),
  );
  await Promise.all(readers.map((reader) => reader.until(() => reader.lastId !== undefined)));
  await storeData(test, [
    { n: 1, text: 'one' },
    { n: 2, text: 'two' },
  ]);
  const wanted = [2, 1, 2];
  await Promise.all(readers.map((reader, n) => reader.until(() => reader.rows().length === wanted[n])));
  expect(readers.map((reader) => reader.rows().map(({ fields }) => fields))).toEqual([
    [
      { 'data.n': 1, connector: 'ci' },
      { 'data.n': 2, connector: 'ci' },
    ],
    [{ 'data.text': 'two' }],
    [undefined, undefined],
  ]);
  for (const reader of readers) reader.close();
});

it('a stream is refused before it begins when it asks for a field that is none', async () => {
  const answer = await fetch(`${base}?fields=staus`);
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/fields' }] }]);
});
