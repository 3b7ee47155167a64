import type { Script } from './scripted-github.js';

export const branches = '/repos/acme/api/branches?protected=true&per_page=100';
export const protection = '/repos/acme/api/branches/main/protection';
export const secret = 'xoxb-Sup3rS3cretTokenOfAChat';

export const ruleset = {
  id: 3,
  name: 'Releases',
  target: 'branch',
  source_type: 'Repository',
  source: 'acme/api',
  enforcement: 'active',
  conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
  rules: [{ type: 'deletion' }, { type: 'pull_request', parameters: { required_approving_review_count: 1 } }],
  updated_at: '2026-11-01T00:00:00Z',
};

/** What GitHub says of a repository that is configured in every way. */
export function everything(): Record<string, Script> {
  const { rules: _, conditions: __, ...listed } = ruleset;
  return {
    '/repos/acme/api': {
      json: {
        full_name: 'acme/api',
        archived: false,
        private: true,
        visibility: 'private',
        default_branch: 'main',
        allow_squash_merge: true,
        updated_at: '2026-11-01T00:00:00Z',
        stargazers_count: 4,
      },
      etag: '"r"',
    },
    '/repos/acme/api/rulesets?per_page=100': { json: [listed], etag: '"s"' },
    '/repos/acme/api/rulesets/3': { json: ruleset },
    [branches]: { json: [{ name: 'main', protected: true, commit: { sha: 'a'.repeat(40) } }] },
    [protection]: {
      json: {
        enforce_admins: { enabled: true },
        required_status_checks: { strict: true, contexts: ['test'] },
        allow_force_pushes: { enabled: false },
      },
      etag: '"p"',
    },
    '/repos/acme/api/environments?per_page=100': {
      json: {
        total_count: 1,
        environments: [
          { id: 5, name: 'production', protection_rules: [{ id: 1, type: 'wait_timer', wait_timer: 30 }] },
        ],
      },
      etag: '"e"',
    },
    '/repos/acme/api/hooks?per_page=100': {
      json: [
        {
          id: 9,
          name: 'web',
          active: true,
          events: ['push'],
          config: {
            url: `https://user:${secret}@chat.acme.test/services/${secret}?token=${secret}`,
            secret,
            insecure_ssl: '0',
            content_type: 'json',
          },
        },
      ],
      etag: '"h"',
    },
  };
}

/** As everything, but that one answer is another. */
export function but(target: string, fields: object, etag = '"changed"'): Record<string, Script> {
  const said = everything();
  const script = said[target];
  const json = script && 'json' in script ? script.json : {};
  const changed = Array.isArray(json)
    ? json.map((item: object) => ({ ...item, ...fields }))
    : { ...(json as object), ...fields };
  return { ...said, [target]: { json: changed, etag } };
}
