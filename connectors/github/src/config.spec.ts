import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GitHubConfig } from './config.js';

const repositories = [{ owner: 'acme', repo: 'backend-api' }];

function faultsOf(config: object): string[] {
  const issues =
    GitHubConfig.safeParse({ token: 'secret-token', repositories, ...config }).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the configuration', () => {
  it('is the plan’s, word for word, with the variable of the webhook’s secret unset', () => {
    const given = {
      token: 'secret-token',
      repositories: [
        { owner: 'acme', repo: 'backend-api', tags: ['backend', 'critical'] },
        { owner: 'acme', repo: 'frontend-app', tags: ['frontend', 'critical', 'java'] },
      ],
      polling: { enabled: true, interval: 60 },
      webhook: { enabled: false },
      events: ['push', 'pull_request', 'issues'],
    };
    expect(GitHubConfig.parse(given)).toMatchObject({ ...given, base_url: 'https://api.github.com' });
  });

  it('needs no more than a credential and repositories', () => {
    expect(GitHubConfig.parse({ token: 't', repositories: [{ owner: 'acme' }] })).toMatchObject({
      polling: { enabled: true, interval: 60 },
      webhook: { enabled: false },
      backfill: { days: 7 },
      events: ['push', 'tag', 'pull_request', 'issues', 'workflow_run', 'deployment', 'release'],
    });
  });

  it('takes an App’s numbers as variables give them, too', () => {
    const app = { id: 'Iv23liAbc', installation: '42', private_key: 'key' };
    expect(faultsOf({ token: undefined, app })).toEqual([]);
  });

  it.each([
    [{ token: undefined }, 'token: is required'],
    [{ base_url: 'github.example.com/api/v3' }, 'base_url: must be an address that begins with https://'],
    [{ token: 'ghp_“x”' }, 'token: holds a space, or another character that no token has'],
    [
      { app: { id: 1, installation: 2, private_key: 'key' } },
      'app: stands beside `token`: configure one of them',
    ],
    [{ token: undefined, app: { installation: 2, private_key: 'key' } }, 'app.id: must be the App’s id'],
    [
      { polling: { enabled: false } },
      'polling.enabled: is off, and so are webhooks: nothing would be collected',
    ],
    [
      { repositories: [...repositories, { owner: 'Acme', repo: 'Backend-API' }] },
      'repositories.1: stands there twice: acme/backend-api',
    ],
    [
      { repositories: [{ owner: 'acme', repo: 'api', include: ['x'] }] },
      'repositories.0: `include` and `exclude` choose among all repositories of an owner: leave out `repo`',
    ],
    [{ repositories: [{ owner: 'a/b' }] }, 'repositories.0.owner: is no name of a user or an organisation'],
    [{ repositories: [{ owner: 'acme', repo: '..' }] }, 'repositories.0.repo: is no name of a repository'],
    [
      { base_url: 'https://me:secret@github.example.com/api/v3' },
      'base_url: must hold no password, token, question or fragment: put the token in `token`',
    ],
  ])('%j is refused with a reason', (config, fault) => {
    expect(faultsOf(config)).toEqual([fault]);
  });

  it('lets an owner stand there several times, with other patterns', () => {
    const entries = [
      { owner: 'acme', include: ['api-*'], tags: ['backend'] },
      { owner: 'acme', include: ['web-*'], tags: ['frontend'] },
    ];
    expect(faultsOf({ repositories: entries })).toEqual([]);
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({ withNullPrototype: true });
    const keys = ['token', 'app', 'base_url', 'repositories', 'polling', 'webhook', 'events', 'backfill'];
    const repository = fc.record({ owner: fc.string(), repo: fc.option(fc.string()), tags: anything });
    const config = fc.dictionary(fc.constantFrom(...keys), fc.oneof(anything, fc.array(repository)));
    fc.assert(
      fc.property(fc.oneof(anything, config), (given) => {
        const { success, error } = GitHubConfig.safeParse(given);
        expect(success || (error?.issues.length ?? 0) > 0).toBe(true);
      }),
    );
  });
});
