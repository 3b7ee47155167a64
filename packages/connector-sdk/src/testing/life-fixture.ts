import { z } from 'zod';
import { configSchemaOf } from '../config/config-schema.js';
import { type Connector, type Source, defineConnector } from '../connector.js';
import { fastClock } from './clocks.js';
import { MemoryBackend, type MemoryBackendOptions } from './memory-backend.js';
import type { StoredIntegration } from './memory-store.js';
import { type StartedConnector, startConnector } from './start-connector.js';

const Config = z.strictObject({ path: z.string() });
type TestConnector = Connector<z.output<typeof Config>>;

/** A source of `total` numbered facts, `size` on a page, whose cursor is the number of the last one. */
export function numbered(total: number, size: number, name = 'numbers'): Source {
  return {
    name,
    project: 'acme/api',
    intervalSeconds: 5,
    async *collect({ cursor, now }) {
      for (let from = Number(cursor ?? 0); from < total; from += size) {
        const numbers = Array.from({ length: Math.min(size, total - from) }, (_, n) => from + n + 1);
        yield {
          events: numbers.map((n) => ({
            key_parts: [name, String(n)],
            title: `fact ${n}`,
            project: 'acme/api',
            timestamp: new Date(now()).toISOString(),
            data: { n },
          })),
          cursor: from + numbers.length,
        };
      }
    },
  };
}

/** A connector of the type `numbers` with these sources. */
export function connectorOf(
  sources: TestConnector['sources'],
  rest: Partial<TestConnector> = {},
): TestConnector {
  return defineConnector({
    manifest: {
      type: 'numbers',
      name: 'Numbers',
      description: '',
      mode: 'poll',
      config_schema: configSchemaOf(Config),
      event_schemas: {},
    },
    version: '2.0.0',
    configSchema: Config,
    sources,
    ...rest,
  });
}

/** Waits in real time, which is short, since the clock of the connectors is fast. */
export async function until(what: () => boolean, ms = 8_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!what()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${String(what)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Backends in memory and connectors that live by them, on one fast clock. */
export class LifeFixture {
  readonly clock = fastClock(200);
  readonly #cleanUp: (() => Promise<unknown>)[] = [];

  async cleanUp(): Promise<void> {
    for (const stop of this.#cleanUp.splice(0).reverse()) await stop();
  }

  startBackend = async (options: MemoryBackendOptions = {}): Promise<MemoryBackend> => {
    const backend = await MemoryBackend.start({ now: () => this.clock.now(), ...options });
    this.#cleanUp.push(() => backend.stop());
    return backend;
  };

  start = (backend: MemoryBackend, connector: TestConnector, instanceId = 'one'): StartedConnector => {
    const started = startConnector(backend, connector, { path: '/x' }, { clock: this.clock, instanceId });
    this.#cleanUp.push(started.end);
    return started;
  };

  integrationOf = (backend: MemoryBackend): StoredIntegration | undefined =>
    [...backend.store.integrations.values()][0];
}
