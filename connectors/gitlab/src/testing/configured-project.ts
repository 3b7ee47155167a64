import type { Script } from './scripted-gitlab.js';

const path = '/projects/7';
const list = (name: string) => `${path}/${name}?per_page=100`;

export const settings = path;
export const branches = list('protected_branches');
export const tags = list('protected_tags');
export const environments = list('protected_environments');
export const approvals = `${path}/approvals`;
export const rules = list('approval_rules');
export const hooks = list('hooks');
export const variables = list('variables');
export const featureFlags = list('feature_flags');

export const secret = 'glpat-Sup3rS3cretTokenOfAChat';

const maintainers = { access_level: 40, access_level_description: 'Maintainers' };

/** What GitLab says of a project that is configured in every way. */
export function everything(): Record<string, Script> {
  return {
    [settings]: {
      json: {
        id: 7,
        path_with_namespace: 'acme/shop/api',
        archived: false,
        visibility: 'private',
        default_branch: 'main',
        merge_method: 'merge',
        only_allow_merge_if_pipeline_succeeds: true,
        star_count: 4,
        last_activity_at: '2026-11-01T00:00:00Z',
        runners_token: secret,
      },
      etag: 'W/"s"',
    },
    [branches]: {
      json: [
        {
          id: 1,
          name: 'main',
          push_access_levels: [{ id: 1, ...maintainers }],
          merge_access_levels: [{ id: 2, ...maintainers }],
          allow_force_push: false,
        },
      ],
      etag: 'W/"b"',
    },
    [tags]: { json: [{ name: 'v*', create_access_levels: [maintainers] }], etag: 'W/"t"' },
    [environments]: {
      json: [{ name: 'production', deploy_access_levels: [maintainers], required_approval_count: 1 }],
      etag: 'W/"e"',
    },
    [approvals]: { json: { approvals_before_merge: 1, reset_approvals_on_push: true }, etag: 'W/"a"' },
    [rules]: {
      json: [{ id: 3, name: 'Owners', approvals_required: 1, users: [{ username: 'ada' }], groups: [] }],
      etag: 'W/"r"',
    },
    [hooks]: {
      json: [
        {
          id: 9,
          url: `https://user:${secret}@chat.acme.test/services/${secret}?token=${secret}`,
          push_events: true,
          pipeline_events: false,
          enable_ssl_verification: true,
          alert_status: 'executable',
          custom_headers: [{ key: 'Authorization', value: secret }],
        },
      ],
      etag: 'W/"h"',
    },
    [variables]: {
      json: [
        {
          key: 'DEPLOY_TOKEN',
          value: secret,
          variable_type: 'env_var',
          protected: true,
          masked: true,
          raw: false,
          environment_scope: 'production',
          description: secret,
        },
      ],
      etag: 'W/"v"',
    },
    [featureFlags]: {
      json: [
        {
          name: 'apples',
          active: true,
          version: 'new_version_flag',
          strategies: [
            { id: 1, name: 'default', parameters: {}, scopes: [{ id: 2, environment_scope: '*' }] },
            {
              id: 3,
              name: 'userWithId',
              parameters: { userIds: `ada,${secret}@example.com` },
              scopes: [{ id: 4, environment_scope: 'production' }],
            },
          ],
          updated_at: '2026-11-01T00:00:00Z',
        },
      ],
      etag: 'W/"f"',
    },
  };
}

/** As everything, but that one answer is another. */
export function but(target: string, fields: object, etag = 'W/"changed"'): Record<string, Script> {
  const said = everything();
  const script = said[target];
  const json = script && 'json' in script ? script.json : {};
  const changed = Array.isArray(json)
    ? json.map((item: object) => ({ ...item, ...fields }))
    : { ...(json as object), ...fields };
  return { ...said, [target]: { json: changed, etag } };
}
