import { ManualClock, MockUpstream, testContext } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitLabConfig } from './config.js';
import { testGitLab } from './test-steps.js';

const api = '/api/v4';

let upstream: MockUpstream;
let clock: ManualClock;
let context: ReturnType<typeof testContext>;

beforeEach(async () => {
  upstream = await MockUpstream.start();
  clock = new ManualClock(Date.UTC(2026, 10, 24, 10));
  context = testContext(clock);
});

afterEach(async () => {
  await context.close();
  await upstream.stop();
});

function headers(): Record<string, string> {
  return { date: new Date(clock.now()).toUTCString() };
}

function configOf(config: object = {}): GitLabConfig {
  const projects = [{ project: 'acme/api' }];
  return GitLabConfig.parse({
    token: 'secret',
    base_url: upstream.url,
    projects,
    events: ['release'],
    ...config,
  });
}

function expectToken(token: object = { scopes: ['read_api'], expires_at: null }): void {
  upstream
    .expect('GET', `${api}/user`, { headers: headers(), json: { username: 'ada' } })
    .expect('GET', `${api}/personal_access_tokens/self`, { headers: headers(), json: token });
}

function expectProject(more: object = {}): void {
  const json = { id: 7, path_with_namespace: 'acme/api', web_url: 'https://gitlab.test/acme/api', ...more };
  upstream.expect('GET', `${api}/projects/acme%2Fapi`, { headers: headers(), json });
}

function expectReleases(): void {
  upstream.expect('GET', `${api}/projects/7/releases?per_page=1`, { headers: headers(), json: [] });
}

describe('trying a configuration', () => {
  it('says who we are, with which scopes and for how long, and what may be read', async () => {
    expectToken();
    expectProject();
    expectReleases();
    expect(await testGitLab(configOf(), context)).toEqual([
      { name: `The token at ${new URL(upstream.url).host}`, ok: true, detail: 'It belongs to ada.' },
      { name: 'The token’s scopes', ok: true, detail: 'It has read_api.' },
      { name: 'The token’s expiry', ok: true, detail: 'It does not expire.' },
      { name: 'acme/api', ok: true, detail: 'All that is configured can be read.' },
    ]);
  });

  it.each([
    ['2026-12-24', undefined],
    ['2026-12-07', 'The token ends in 12 days: '],
    ['2026-11-25', 'The token ends within a day: '],
    ['2026-11-26', 'The token ends in 1 day: '],
  ])('says of a token that expires on %s what to do', async (expires_at, remedy) => {
    expectToken({ scopes: ['api'], expires_at });
    expectProject();
    expectReleases();
    const expiry = (await testGitLab(configOf(), context))[2];
    expect(expiry).toMatchObject({ ok: true, detail: `It expires on ${expires_at}.` });
    expect(expiry?.remedy?.slice(0, remedy?.length)).toBe(remedy);
  });

  it('takes a fine-grained token for what it may read, even where that is not whose it is', async () => {
    const error = { error: 'insufficient_granular_scope', error_description: 'It lacks [User: Read].' };
    upstream
      .expect('GET', `${api}/user`, { status: 403, headers: headers(), json: error })
      .expect('GET', `${api}/personal_access_tokens/self`, {
        headers: headers(),
        json: { scopes: ['granular'], expires_at: null },
      });
    expectProject();
    expectReleases();
    const steps = await testGitLab(configOf(), context);
    expect(steps.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(steps[0]?.detail).toBe('It is fine-grained, and may not say whose it is.');
  });

  it('knows a token that may only fetch, and says which scope it needs', async () => {
    const json = { error: 'insufficient_scope', scope: 'api read_api read_user' };
    upstream.expect('GET', `${api}/user`, { status: 403, headers: headers(), json });
    expect(await testGitLab(configOf(), context)).toMatchObject([
      { ok: false, remedy: 'Make a token with the scope read_api and put it in `token`.' },
    ]);
  });

  it('names each kind that may not be read, but not what the project has switched off', async () => {
    expectToken({ scopes: ['read_user'] });
    expectProject({ issues_access_level: 'disabled' });
    expectReleases();
    upstream.expect('GET', `${api}/projects/7/deployments?per_page=1`, {
      status: 403,
      headers: headers(),
      json: { message: '403 Forbidden' },
    });
    const steps = await testGitLab(configOf({ events: ['release', 'issue', 'deployment'] }), context);
    expect(steps[1]).toMatchObject({ ok: false, detail: 'It has read_user.' });
    expect(steps.at(-1)).toEqual({
      name: 'acme/api',
      ok: false,
      detail: 'Of acme/api, deployments can’t be read with this credential; all else is told.',
      remedy: 'Give the token or its user the role Reporter, or leave `deployment` out of `events:`.',
    });
  });

  it('says what a project that is named by its id is called, and that one has another path now', async () => {
    const json = { id: 7, path_with_namespace: 'acme/web', web_url: 'https://gitlab.test/acme/web' };
    for (const [project, address, detail] of [
      [7, '7', 'It is called acme/web.'],
      ['acme/api', 'acme%2Fapi', 'It is called acme/web now.'],
    ] as const) {
      expectToken();
      upstream.expect('GET', `${api}/projects/${address}`, { headers: headers(), json });
      expectReleases();
      const step = (await testGitLab(configOf({ projects: [{ project }] }), context)).at(-1);
      expect(step).toMatchObject({ ok: true, detail: `All that is configured can be read. ${detail}` });
    }
  });

  it('says what it does not find', async () => {
    expectToken();
    upstream.expect('GET', `${api}/projects/acme%2Fapi`, { status: 404, headers: headers(), json: {} });
    const step = (await testGitLab(configOf(), context)).at(-1);
    expect(step).toMatchObject({ ok: false, remedy: expect.stringContaining('Check its path') as string });
  });

  it.each([
    { status: 404, text: '<html>' },
    { status: 302, headers: { location: '/users/sign_in' } },
    { status: 200, text: '<html>' },
  ])('knows pages for browsers from the API: $status', async (answer) => {
    upstream.expect('GET', `${api}/user`, answer);
    expect(await testGitLab(configOf(), context)).toMatchObject([
      {
        ok: false,
        remedy: 'Check `base_url`: it must lead to GitLab, with the sub-path that it lives under.',
      },
    ]);
  });

  it('stops at a token that is none, and at an authority that can’t be read', async () => {
    upstream.expect('GET', `${api}/user`, { status: 401, json: { message: '401 Unauthorized' } });
    expect(await testGitLab(configOf(), context)).toMatchObject([
      { ok: false, remedy: expect.stringContaining('read_api') as string },
    ]);
    expect(await testGitLab(configOf({ ca_file: '/nowhere/ca.pem' }), context)).toMatchObject([
      { name: 'Certificate authority', ok: false },
    ]);
  });
});
