// The connectors that need somebody else's service, each configured for an address where nobody serves.
import { run, until } from './docker.mjs';
import { write } from './copy.mjs';

/** @typedef {import('../try-compose.mjs').Trial} Trial */
/** @typedef {{ type: string, connector_id: string | null, status: string }} Integration */

const nowhere = {
  github: [
    '  base_url: https://127.0.0.1:9',
    '  token: ${GITHUB_TOKEN}',
    '  repositories: [{ owner: acme, repo: shop }]',
  ],
  gitlab: [
    '  base_url: https://127.0.0.1:9',
    '  token: ${GITLAB_TOKEN}',
    '  projects: [{ project: acme/shop }]',
  ],
  kubernetes: [
    "  clusters: [{ name: none, server: 'https://127.0.0.1:9', token: '${PAINCHAIN_KUBERNETES_TOKEN}' }]",
  ],
};

/**
 * @param {string} api
 * @param {string} type
 */
async function troubled(api, type) {
  const response = await fetch(`${api}/integrations`);
  const { integrations } = /** @type {{ integrations: Integration[] }} */ (await response.json());
  return integrations.find((each) => each.type === type && each.connector_id && each.status === 'error');
}

/** @param {Trial} trial */
export async function others({ containers, tree, api, note }) {
  for (const [type, config] of Object.entries(nowhere)) {
    const lines = [`connector: { type: ${type}, project: trial }`, 'config:', ...config, ''];
    write(tree, `config/${type}-connector.yaml`, lines.join('\n'));
    const service = `${type}-connector`;
    await containers.call('up', '-d', service);
    await containers.healthy(service);
    await until(`${type} says that nobody answers`, () => troubled(api, type));
    const memory = await run([
      'docker',
      'stats',
      '--no-stream',
      '--format',
      '{{.MemUsage}}',
      await containers.id(service),
    ]);
    note(`${service}: ${memory}`);
    await containers.call('rm', '--force', '--stop', service);
  }
}
