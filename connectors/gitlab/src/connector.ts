import { defineConnector } from '@painchain/connector-sdk';
import { GitLabConfig } from './config.js';
import { projectSources } from './integration.js';
import { testGitLab } from './test-steps.js';

export const gitLab = defineConnector({
  manifest: new URL('../connector.yaml', import.meta.url),
  version: '2.0.0',
  configSchema: GitLabConfig,
  environment: {
    token: 'GITLAB_TOKEN',
    'webhook.secret': 'GITLAB_WEBHOOK_SECRET',
    base_url: 'GITLAB_URL',
    ca_file: 'GITLAB_CA_FILE',
  },
  sources: projectSources,
  test: testGitLab,
  pollsAtATime: { process: 32, integration: 6 },
});
