import { ManualClock, MockUpstream, testContext } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitHubConfig } from './config.js';
import { testGitHub } from './test-steps.js';

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

function headers(more: Record<string, string> = {}): Record<string, string> {
  return { date: new Date(clock.now()).toUTCString(), ...more };
}

function configOf(config: object = {}): GitHubConfig {
  const repositories = [{ owner: 'acme', repo: 'api' }];
  return GitHubConfig.parse({ token: 'secret', base_url: upstream.url, repositories, ...config });
}

function expectUser(more: Record<string, string> = {}): void {
  upstream.expect('GET', '/user', { headers: headers(more), json: { login: 'ada' } });
}

function expectRepository(): void {
  const json = { id: 7, full_name: 'acme/api', html_url: 'https://github.com/acme/api' };
  upstream.expect('GET', '/repos/acme/api', { headers: headers(), json });
}

describe('trying a configuration', () => {
  it.each([
    ['2026-12-24 10:00:00 UTC', undefined],
    ['2026-11-30 10:00:00 +0100', 'The token ends in 5 days: make another one and put it in `token`.'],
    ['2026-11-01 10:00:00 UTC', 'The token ends within a day: make another one and put it in `token`.'],
  ])('says of a token that expires on %s what to do', async (expires, remedy) => {
    expectUser({ 'github-authentication-token-expiration': expires, 'x-oauth-scopes': 'repo' });
    expectRepository();
    upstream.expect('GET', '/repos/acme/api/releases?per_page=1', { headers: headers(), json: [] });
    const [who] = await testGitHub(configOf({ events: ['release'] }), context);
    expect(who).toMatchObject({ ok: true, remedy });
    expect(who?.detail).toBe(
      `A token of ada, with the scopes repo. It expires on ${expires.slice(0, 'yyyy-mm-dd'.length)}.`,
    );
  });

  it('names each kind that may not be read, with the right that it needs', async () => {
    expectUser();
    expectRepository();
    upstream
      .expect('GET', '/repos/acme/api/releases?per_page=1', { headers: headers(), json: [] })
      .expect('GET', '/repos/acme/api/issues?state=all&per_page=1', { status: 410, headers: headers() })
      .expect('GET', '/repos/acme/api/deployments?per_page=1', {
        status: 403,
        headers: headers({ 'x-accepted-github-permissions': 'deployments=read' }),
        json: { message: 'Resource not accessible by personal access token' },
      });
    const config = configOf({ events: ['release', 'issues', 'deployment'] });
    expect((await testGitHub(config, context)).at(-1)).toEqual({
      name: 'acme/api',
      ok: false,
      detail: 'Of acme/api, deployments can’t be read with this credential; all else is told.',
      remedy:
        'Give the token or App the permission deployments: read, or leave `deployment` out of `events:`.',
    });
  });

  it('tries the first twenty repositories, and says how many more there are', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `service-${index}`);
    expectUser();
    for (const [index, name] of names.slice(0, 20).entries()) {
      const json = { id: index, full_name: `acme/${name}`, html_url: `https://github.com/acme/${name}` };
      upstream
        .expect('GET', `/repos/acme/${name}`, { headers: headers(), json })
        .expect('GET', `/repos/acme/${name}/releases?per_page=1`, { headers: headers(), json: [] });
    }
    const repositories = names.map((repo) => ({ owner: 'acme', repo }));
    const steps = await testGitHub(configOf({ repositories, events: ['release'] }), context);
    expect(steps).toHaveLength(22);
    expect(steps.at(-1)?.detail).toBe('3 more are watched and were not tried.');
  });

  it('keeps nobody waiting who has many repositories at a slow server', async () => {
    const repositories = ['one', 'two', 'three'].map((repo) => ({ owner: 'acme', repo }));
    expectUser();
    for (const [id, repo] of ['one', 'two'].entries()) {
      upstream.expect('GET', `/repos/acme/${repo}`, () => {
        void clock.advance(15_000);
        const json = { id, full_name: `acme/${repo}`, html_url: `https://github.com/acme/${repo}` };
        return { headers: headers(), json };
      });
    }
    const steps = await testGitHub(configOf({ repositories, events: ['package'] }), context);
    expect(steps.at(-1)?.detail).toBe('1 more are watched and were not tried.');
  });

  it('warns of a credential that anybody on its way can read', async () => {
    const http = () => context.http({ baseUrl: upstream.url });
    expectUser();
    expectRepository();
    const config = configOf({ base_url: 'http://github.example.com', events: ['package'] });
    const steps = await testGitHub(config, { ...context, http });
    expect(steps).toMatchObject([
      { ok: true },
      { name: 'Encryption', remedy: expect.stringContaining('https') as string },
      { name: 'acme/api', ok: true },
    ]);
  });

  it.each([
    { status: 404, text: '<html>' },
    { status: 302, headers: { location: '/login' } },
    { status: 200, text: '<html>' },
  ])('knows the pages of an Enterprise Server from its API: $status', async (answer) => {
    upstream.expect('GET', '/user', answer);
    expect(await testGitHub(configOf(), context)).toMatchObject([
      { ok: false, remedy: 'Check `base_url`: on an Enterprise Server it ends in /api/v3.' },
    ]);
  });

  it('takes a token that belongs to nobody', async () => {
    const json = { message: 'Resource not accessible by integration' };
    upstream.expect('GET', '/user', { status: 403, headers: headers(), json });
    expectRepository();
    upstream.expect('GET', '/repos/acme/api/releases?per_page=1', { headers: headers(), json: [] });
    const [who] = await testGitHub(configOf({ events: ['release'] }), context);
    expect(who).toMatchObject({ ok: true, detail: 'It is accepted, and belongs to no user.' });
  });
});
