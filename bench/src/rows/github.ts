import { forgeRows } from './forge.js';

/** What a poller asks that knows no ETags: the same kinds, each once. */
const kinds = [
  'activity?per_page=100',
  'git/matching-refs/tags',
  'pulls?state=all&sort=updated&direction=desc&per_page=30',
  'issues?state=all&sort=updated&direction=desc&per_page=30',
  'issues/events?per_page=100',
  'actions/runs?per_page=100',
  'deployments?per_page=100',
  'releases?per_page=100',
];

export const github = forgeRows(
  {
    type: 'github',
    isUnchangedFree: true,
    config: (url, owner) => ({
      token: `token-of-${owner}`,
      base_url: url,
      repositories: [{ owner }],
    }),
    nameOf: (owner, index) => `${owner}/repo-${index}`,
    naive: (name) => ({
      paths: kinds.map((kind) => `/repos/${name}/${kind}`),
      headers: { authorization: 'Bearer token-of-org-0' },
    }),
  },
  40,
);
