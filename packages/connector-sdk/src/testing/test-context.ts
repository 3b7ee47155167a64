import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@painchain/runtime';
import { type HttpClient, createHttpClient } from '@painchain/runtime/http';
import { type Clock, systemClock } from '../clock.js';
import type { SourceContext } from '../connector.js';

/** What sources are built with, for a test. */
export interface TestContext extends SourceContext {
  /** Closes what was opened by it. */
  close(): Promise<void>;
}

/** A context as a leased integration has it, by a clock of the test's choice. */
export function testContext(clock: Clock = systemClock): TestContext {
  const clients: HttpClient[] = [];
  const stop = new AbortController();
  return {
    integration: { id: 'int_test', name: 'test', group: null },
    dataDir: join(tmpdir(), 'painchain-test'),
    signal: stop.signal,
    log: createLogger({ name: 'test', level: 'silent' }),
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms, stop.signal),
    http: (options) => {
      const client = createHttpClient(options);
      clients.push(client);
      return client;
    },
    close: async () => {
      stop.abort();
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
