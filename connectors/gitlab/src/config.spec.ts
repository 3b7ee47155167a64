import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GitLabConfig } from './config.js';

const projects = [{ project: 'acme/shop/api' }];

const noProject =
  'projects.0.project: is no path of a project, such as group/project, and no id: leave out the server’s address';
const noGroup =
  'groups.0.group: is no path of a group, such as group/subgroup, and no id: leave out the server’s address';

function faultsOf(config: object): string[] {
  const issues = GitLabConfig.safeParse({ token: 'secret-token', projects, ...config }).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the configuration', () => {
  it('needs no more than a token and something to watch', () => {
    expect(GitLabConfig.parse({ token: 't', groups: [{ group: 'acme' }] })).toEqual({
      token: 't',
      base_url: 'https://gitlab.com',
      projects: [],
      groups: [{ group: 'acme', subgroups: true, archived: false }],
      polling: { enabled: true, interval: 60 },
      webhook: { enabled: false },
      backfill: { days: 7 },
      events: ['push', 'tag_push', 'merge_request', 'issue', 'pipeline', 'deployment', 'release'],
    });
  });

  it('takes projects and groups by path or by id, also as a variable gives it', () => {
    const given = [{ project: 42 }, { project: '43' }, { project: 'acme/.shop/api.v2' }];
    expect(faultsOf({ projects: given, groups: [{ group: 7 }, { group: 'acme/.shop' }] })).toEqual([]);
  });

  it('lets a group stand there several times, with other patterns', () => {
    const groups = [
      { group: 'acme', include: ['api-*'], tags: ['backend'] },
      { group: 'acme', include: ['web-*'], tags: ['frontend'] },
    ];
    expect(faultsOf({ groups })).toEqual([]);
  });

  it.each([
    [{ token: undefined }, 'token: Invalid input: expected string, received undefined'],
    [{ projects: [] }, 'projects: and `groups` are empty: nothing would be collected'],
    [{ projects: [{ project: 'api' }] }, noProject],
    [{ projects: [{ project: '../api' }] }, noProject],
    [{ projects: [{ project: 'acme/..' }] }, noProject],
    [{ projects: [{ project: 'https://gitlab.com/acme/api' }] }, noProject],
    [{ groups: [{ group: '/acme' }] }, noGroup],
    [{ groups: [{ group: '..' }] }, noGroup],
    [{ token: 'glpat-“x”' }, 'token: holds a space, or another character that no token has'],
    [{ token: 'glpat-x\nglpat-y' }, 'token: holds a space, or another character that no token has'],
    [
      { projects: [...projects, { project: 'Acme/Shop/API' }] },
      'projects.1: stands there twice: acme/shop/api',
    ],
    [{ projects: [{ project: 42 }, { project: '42' }] }, 'projects.1: stands there twice: 42'],
    [
      { polling: { enabled: false } },
      'polling.enabled: is off, and so are webhooks: nothing would be collected',
    ],
    [
      { base_url: 'https://me:secret@gitlab.example.com' },
      'base_url: must hold no password, token, question or fragment: put the token in `token`',
    ],
    [{ base_url: 'gitlab.example.com:8443' }, 'base_url: must be an address that begins with https://'],
    [{ base_url: 'ftp://gitlab.example.com' }, 'base_url: must be an address that begins with https://'],
    [{ token: ' ' }, 'token: Too small: expected string to have >=1 characters'],
    [{ projects: [{}] }, 'projects.0.project: must be a path, group/project, or an id'],
    [{ groups: [{ group: null }] }, 'groups.0.group: must be a path or an id'],
    [{ ca: 'glpat-secret' }, 'ca: is no certificate: give it as PEM, and no key with it'],
    [
      { ca: '-----BEGIN PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----' },
      'ca: is no certificate: give it as PEM, and no key with it',
    ],
    [
      { ca: '-----BEGIN CERTIFICATE-----', ca_file: '/etc/ca.pem' },
      'ca: stands beside `ca_file`: configure one of them',
    ],
  ])('%j is refused with a reason', (config, fault) => {
    expect(faultsOf(config)).toEqual([fault]);
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({ withNullPrototype: true });
    const keys = [
      'token',
      'base_url',
      'ca',
      'projects',
      'groups',
      'polling',
      'webhook',
      'events',
      'backfill',
    ];
    const project = fc.record({ project: fc.oneof(fc.string(), fc.integer()), tags: anything });
    const config = fc.dictionary(fc.constantFrom(...keys), fc.oneof(anything, fc.array(project)));
    fc.assert(
      fc.property(fc.oneof(anything, config), (given) => {
        const { success, error } = GitLabConfig.safeParse(given);
        expect(success || (error?.issues.length ?? 0) > 0).toBe(true);
      }),
    );
  });
});
