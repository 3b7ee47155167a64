import { forgeRows } from './forge.js';

/** What a poller asks that keeps nothing between two looks: the same kinds, each once. */
const kinds = [
  'events?action=pushed&per_page=100',
  'repository/branches?per_page=100',
  'repository/tags?per_page=100',
  'merge_requests?state=all&order_by=updated_at&per_page=100',
  'issues?state=all&order_by=updated_at&per_page=100',
  'pipelines?order_by=updated_at&per_page=100',
  'deployments?order_by=updated_at&per_page=100',
  'environments?per_page=100',
  'releases?per_page=100',
];

export const gitlab = forgeRows({
  type: 'gitlab',
  isUnchangedFree: false,
  config: (url, owner) => ({
    token: `token-of-${owner}`,
    base_url: `${url}/gitlab`,
    groups: [{ group: owner }],
  }),
  nameOf: (owner, index) => `${owner}/team/repo-${index}`,
  naive: (name) => ({
    paths: kinds.map((kind) => `/gitlab/api/v4/projects/${encodeURIComponent(name)}/${kind}`),
    headers: { 'private-token': 'token-of-org-0' },
  }),
});
