import { defineConnector, runConnector } from '@painchain/connector-sdk';
import { GitConfig, readSurroundings } from './config.js';
import { repositorySources } from './source.js';
import { testRepositories } from './test-steps.js';

const surroundings = readSurroundings();

await runConnector(
  defineConnector({
    manifest: new URL('../connector.yaml', import.meta.url),
    version: '2.0.0',
    configSchema: GitConfig,
    environment: { token: 'GIT_TOKEN', username: 'GIT_USERNAME' },
    sources: (config, context) => repositorySources(config, context, surroundings),
    test: (config, context) => testRepositories(config, context, surroundings),
  }),
);
