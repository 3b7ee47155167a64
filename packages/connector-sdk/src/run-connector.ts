import { randomUUID } from 'node:crypto';
import {
  ConfigurationError,
  type ConfigurationIssue,
  type Environment,
  createLogger,
  runProcess,
} from '@painchain/runtime';
import { createBackendClient } from './backend/backend-client.js';
import { systemClock } from './clock.js';
import { FileDrift } from './config/file-drift.js';
import { readFileIntegration } from './config/file-integration.js';
import { readProcessConfig } from './config/process-config.js';
import { readManifest } from './config/read-manifest.js';
import type { Connector } from './connector.js';
import { startHealthServer } from './health/health-server.js';
import { ConnectorLife } from './life/connector-life.js';
import { createConnectorMetrics } from './metrics.js';
import { pollLimiter } from './schedule/poll-limiter.js';

const graceMs = 4_000;

/** As PAINCHAIN_CONFIG: no file, and no settings of the environment either; it works through what is registered. */
const registeredOnly = 'none';

/** Runs both readings, so that the faults of both are told at once. */
function all<A, B>(first: () => A, second: () => B): [A, B] {
  const issues: ConfigurationIssue[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      issues.push(...error.issues);
      return undefined;
    }
  };
  const results = [attempt(first), attempt(second)];
  if (issues.length > 0) throw new ConfigurationError(issues);
  return results as [A, B];
}

function configure<Config>(connector: Connector<Config>, env: Environment) {
  const manifest = readManifest(connector.manifest);
  const path = env.PAINCHAIN_CONFIG || 'config.yaml';
  const file = { path, named: Boolean(env.PAINCHAIN_CONFIG) };
  const readIntegration = () =>
    path === registeredOnly ? undefined : readFileIntegration(connector, manifest, file, env);
  const [settings, integration] = all(() => readProcessConfig(env), readIntegration);
  return { manifest, settings, integration, readIntegration };
}

/**
 * Runs a connector for its whole life; the last line of its `src/index.ts`. Exits with 0 when it is told to
 * stop, 78 when its configuration can't be used.
 */
export function runConnector<Config>(connector: Connector<Config>): Promise<void> {
  return runProcess(async ({ env, signal, onShutdown }) => {
    const { manifest, settings, integration, readIntegration } = configure(connector, env);
    const log = createLogger({ name: `connector-${manifest.type}`, level: settings.logLevel });
    const metrics = createConnectorMetrics();
    const client = createBackendClient(settings.apiUrl, settings.apiKey);
    onShutdown(() => client.close());
    const file = integration && new FileDrift(integration, readIntegration);
    const identity = {
      instanceId: randomUUID(),
      version: connector.version,
      manifest,
      integration,
      drift: file && ((now: number) => file.look(now)),
    };
    const life = new ConnectorLife(identity, {
      connector,
      dataDir: settings.dataDir,
      client,
      limiter: pollLimiter(connector),
      clock: systemClock,
      log,
      metrics,
    });
    if (settings.health) {
      const health = await startHealthServer(settings.health, () => life.status(), metrics.registry);
      onShutdown(() => health.close());
      log.info({ port: health.port }, 'health is served');
    }
    if (!integration)
      log.info('no configuration of its own: working through what is registered for its type');
    await life.run(signal, graceMs);
  });
}
