import { defineConnector } from '@painchain/connector-sdk';
import { KubernetesConfig, readSurroundings } from './config.js';
import { kindSources } from './integration.js';
import { testClusters } from './test-steps.js';

/** Of the only cluster: with several, each says in the file what it needs. */
function ofTheOnly(variable: string) {
  return { variable, when: ({ clusters }: Readonly<Record<string, unknown>>) => clusters === undefined };
}

const surroundings = readSurroundings();

export const kubernetes = defineConnector({
  manifest: new URL('../connector.yaml', import.meta.url),
  version: '2.0.0',
  configSchema: KubernetesConfig,
  environment: {
    cluster: ofTheOnly('PAINCHAIN_KUBERNETES_CLUSTER'),
    server: ofTheOnly('PAINCHAIN_KUBERNETES_SERVER'),
    token: ofTheOnly('PAINCHAIN_KUBERNETES_TOKEN'),
    ca: ofTheOnly('PAINCHAIN_KUBERNETES_CA'),
  },
  sources: (config, context) => kindSources(config, context, surroundings),
  test: (config, context) => testClusters(config, context, surroundings),
});
