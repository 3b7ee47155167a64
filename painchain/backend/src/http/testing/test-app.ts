import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createLogger } from '@painchain/runtime';
import { Config, readConfig } from '../../config/config.js';
import { type App, createApp } from '../../create-app.js';
import { Database } from '../../database/database.js';
import { type TestDatabase, createTestDatabase } from '../../database/testing/test-database.js';

export interface TestApp extends App {
  url: string;
  port: number;
  config: Config;
  test: TestDatabase;
  /** Everything that was logged so far. */
  log(): string;
  close(): Promise<void>;
}

/** The whole backend on a free port of loopback, with a database of its own. */
export async function startTestApp(env: Record<string, string> = {}): Promise<TestApp> {
  const test = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'painchain-app-'));
  const config = readConfig({
    DATABASE_URL: test.ownerUrl,
    PAINCHAIN_DATA_DIR: dataDir,
    PAINCHAIN_PORT: '0',
    PAINCHAIN_LOG_LEVEL: 'trace',
    ...env,
  });
  let logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const logger = createLogger({ name: 'backend', level: config.logLevel }, sink);
  const app = await createApp(config, logger);
  await app.nest.listen(0, '127.0.0.1');
  app.nest.get(Database).open();
  const { port } = app.nest.getHttpServer().address() as AddressInfo;
  return {
    ...app,
    config,
    test,
    port,
    url: `http://127.0.0.1:${port}`,
    log: () => logged,
    close: async () => {
      const closed = app.nest.close();
      await app.inFlight.drain(1_000);
      await closed;
      await test.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
