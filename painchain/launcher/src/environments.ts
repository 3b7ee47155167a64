import { join } from 'node:path';
import type { LauncherConfig } from './config.js';

/** What the backend is told: everything we were, and where its database is. */
export function backendEnvironment(
  config: LauncherConfig,
  databaseUrl: string,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { DATABASE_URL_FILE: _named, ...inherited } = env;
  return {
    ...inherited,
    DATABASE_URL: databaseUrl,
    PAINCHAIN_PORT: String(config.port),
    PAINCHAIN_HOST: config.host,
    PAINCHAIN_DATA_DIR: config.dataDir,
    PAINCHAIN_PARENT_PID: String(process.pid),
  };
}

/** For the backend alone: a connector faces foreign servers and reaches the store by the API only. */
const backendsOwn = /^(DATABASE_URL|PAINCHAIN_APP_DATABASE_URL|PAINCHAIN_SECRET_KEY)(_FILE)?$/;

/** What a connector is told: the tokens of its configuration stand in the environment, so it inherits the rest. */
export function connectorEnvironment(
  config: LauncherConfig,
  connector: { name: string; file: string | undefined },
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !backendsOwn.test(name)));
  return {
    ...inherited,
    ...(config.hasApiKey ? {} : { PAINCHAIN_API_KEY_FILE: config.apiKeyFile }),
    PAINCHAIN_API_URL: `${config.localUrl}/api`,
    // Without a file, what stands in the environment is set for something else.
    PAINCHAIN_CONFIG: connector.file ?? 'none',
    PAINCHAIN_DATA_DIR: join(config.dataDir, 'connectors', connector.name),
    PAINCHAIN_HEALTH_PORT: '0',
    PAINCHAIN_PARENT_PID: String(process.pid),
  };
}
