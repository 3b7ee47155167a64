import type { Connector } from './connector.js';

/**
 * Runs a connector for its whole life; the last line of its `src/index.ts`. Exits with 0 when it is told to
 * stop, 78 when its configuration can't be used.
 */
export function runConnector<Config>(connector: Connector<Config>): Promise<never> {
  return Promise.reject(new Error(`not yet: ${connector.version}`));
}
