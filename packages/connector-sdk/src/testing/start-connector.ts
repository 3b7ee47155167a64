import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Drift, JsonObject } from '@painchain/contract';
import { type LogLevel, createLogger } from '@painchain/runtime';
import { createBackendClient } from '../backend/backend-client.js';
import type { Clock } from '../clock.js';
import { readManifest } from '../config/read-manifest.js';
import type { Connector } from '../connector.js';
import { ConnectorLife, type LifeStatus } from '../life/connector-life.js';
import { createConnectorMetrics } from '../metrics.js';
import { pollLimiter } from '../schedule/poll-limiter.js';
import type { MemoryBackend } from './memory-backend.js';

const graceMs = 500;

export interface StartOptions {
  /** Time for everything but sockets: HTTP requests and their timeouts take real time, however fast this clock is. */
  clock: Clock;
  /** Of the process; the integration of its configuration belongs to it. Default: made up. */
  instanceId?: string;
  /** Where the connector may keep what may be lost. Default: an own directory, made on first use, under the system's. */
  dataDir?: string;
  /** Default `silent`. */
  logLevel?: LogLevel;
  /** What looking at its file finds. Default: it says what it said. */
  drift?: (now: number) => Drift | null;
}

/** A connector that runs. */
export interface StartedConnector {
  /** How the process does: registered, connected, its number of leases. What its sources do, the backend was told. */
  status(): LifeStatus;
  /** What SIGTERM does: what is in flight is finished, within half a second, and the leases are handed back. */
  end(): Promise<void>;
  /** What `kill -9` does: nothing more is sent to the backend, nothing is handed back. */
  kill(): Promise<void>;
}

/**
 * Runs a whole connector in this process against a backend in memory, as `runConnector` does.
 *
 * @param config what stands under `config:` of its file, for an integration called `<type>-team`; undefined for a
 *   process without a file, which works through what the backend's store has.
 */
export function startConnector<Config>(
  backend: MemoryBackend,
  connector: Connector<Config>,
  config: JsonObject | undefined,
  { clock, instanceId = randomUUID(), dataDir, logLevel = 'silent', drift }: StartOptions,
): StartedConnector {
  const stop = new AbortController();
  const manifest = readManifest(connector.manifest);
  const client = createBackendClient(backend.url, () => backend.key, 2_000);
  const integration = config && { name: `${manifest.type}-team`, group: 'team', config, path: 'config.yaml' };
  const life = new ConnectorLife(
    { instanceId, version: connector.version, manifest, integration, drift },
    {
      connector,
      dataDir: dataDir ?? join(tmpdir(), `painchain-${instanceId}`),
      client,
      limiter: pollLimiter(connector),
      clock,
      log: createLogger({ name: 'test', level: logLevel }),
      metrics: createConnectorMetrics(),
    },
  );
  const ended = life.run(stop.signal, graceMs);
  return {
    status: () => life.status(),
    end: async () => {
      stop.abort();
      await ended;
      await client.close();
    },
    kill: async () => {
      await client.close();
      stop.abort();
      await ended;
    },
  };
}
