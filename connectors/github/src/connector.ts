import { defineConnector } from '@painchain/connector-sdk';
import { GitHubConfig } from './config.js';
import { repositorySources } from './integration.js';
import { testGitHub } from './test-steps.js';

export const gitHub = defineConnector({
  manifest: new URL('../connector.yaml', import.meta.url),
  version: '2.0.0',
  configSchema: GitHubConfig,
  environment: {
    // Set on many machines for other programs.
    token: { variable: 'GITHUB_TOKEN', when: ({ app }) => app === undefined },
    'app.private_key': { variable: 'GITHUB_APP_PRIVATE_KEY', when: ({ app }) => app !== undefined },
    'webhook.secret': 'GITHUB_WEBHOOK_SECRET',
    base_url: 'GITHUB_API_URL',
  },
  sources: repositorySources,
  test: testGitHub,
  pollsAtATime: { process: 32, integration: 6 },
});
