import { type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from './database.js';
import { createPool, servingPool } from './pool.js';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

/** Between us and the database; once it swallows, neither side learns that the other can't be heard. */
async function startProxy(target: URL) {
  let swallows = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => void (swallows || to.write(chunk)));
      from.on('error', () => undefined);
      from.on('close', () => void (swallows || to.end()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    swallow: (value: boolean) => void (swallows = value),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

let test: TestDatabase;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  proxy = await startProxy(new URL(test.appUrl));
  const url = new URL(test.appUrl);
  url.port = String(proxy.port);
  database = new Database(createPool(url.href, servingPool, () => undefined));
  database.open();
});
afterAll(async () => {
  proxy.close();
  await test.drop();
});

describe('a connection that went silent', () => {
  it('costs a request at most 5 s, and nothing once the network is back', async () => {
    const ask = () => database.inTenant(1, (sql) => sql.query({ text: 'select 1' }));
    await ask();
    proxy.swallow(true);
    const begun = Date.now();
    for (const answer of await Promise.allSettled([ask(), ask(), ask()])) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    }
    expect(Date.now() - begun).toBeLessThan(5_000);
    proxy.swallow(false);
    await expect(ask()).resolves.toMatchObject({ rowCount: 1 });
  });
});
