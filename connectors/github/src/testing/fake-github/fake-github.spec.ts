import { generateKeyPairSync } from 'node:crypto';
import { ManualClock } from '@painchain/connector-sdk/testing';
import { addCommit } from '@painchain/connector-sdk/testing/pretend';
import githubAppJwt from 'universal-github-app-jwt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeGitHub, type Repository, World } from './index.js';
import { createBranch, push } from './world/git.js';
import { comment, openPull } from './world/pulls.js';
import { startRun } from './world/runs.js';

const start = Date.UTC(2026, 10, 24, 10);
let clock: ManualClock;
let world: World;
let fake: FakeGitHub;
let api: Repository;

beforeEach(async () => {
  clock = new ManualClock(start);
  world = new World(() => clock.now());
  api = world.addRepository('acme', 'api');
  world.addToken('secret', ['acme'], 20);
  createBranch(api, 'main', 'ada', addCommit(api, { by: 'ada', parents: [] }));
  fake = await FakeGitHub.start(world, { subPath: '/api/v3' });
});
afterEach(() => fake.stop());

const ask = (target: string, headers: Record<string, string> = {}, token = 'secret') =>
  fetch(target.startsWith('http') ? target : `${fake.url}${target}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    redirect: 'manual',
  });
const next = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

describe('the fake GitHub', () => {
  it('says what has not changed for nothing, and counts the rest', async () => {
    const first = await ask('/repos/acme/api/pulls?state=all');
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('x-ratelimit-remaining')).toBe('19');
    const again = await ask('/repos/acme/api/pulls?state=all', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(again.headers.get('x-ratelimit-remaining')).toBe('19');
    openPull(api, { branch: 'x', by: 'ada', title: 'Fix it' });
    const changed = await ask('/repos/acme/api/pulls?state=all', { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('x-ratelimit-remaining')).toBe('18');
  });

  it('gives each token ETags of its own', async () => {
    world.addToken('other', ['acme']);
    const [one, other] = await Promise.all([ask('/repos/acme/api'), ask('/repos/acme/api', {}, 'other')]);
    expect(one.headers.get('etag')).not.toBe(other.headers.get('etag'));
  });

  it('pages activity by cursor: what comes meanwhile moves nothing', async () => {
    push(api, 'main', 'ada');
    push(api, 'main', 'ada');
    const first = await ask('/repos/acme/api/activity?per_page=2');
    push(api, 'main', 'ada');
    const second = await ask(next(first) ?? '');
    const pages = (await Promise.all([first.json(), second.json()])) as { activity_type: string }[][];
    const types = pages.flat();
    expect(types.map(({ activity_type }) => activity_type).toSorted()).toEqual([
      'branch_creation',
      'push',
      'push',
    ]);
    expect(next(first)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v3\/repos\/acme\/api\/activity\?/);
    expect(next(second)).toBeUndefined();
  });

  it('lets no more than a thousand filtered runs be paged through', async () => {
    for (let count = 0; count < 1_001; count += 1) startRun(api, 'main', 'ada');
    const target = '/repos/acme/api/actions/runs?per_page=100&page=10';
    const filtered = await ask(`${target}&status=in_progress`);
    expect(next(filtered)).toBeUndefined();
    expect(await filtered.json()).toMatchObject({ total_count: 1_001 });
    expect(next(await ask(target))).toContain('page=11');
  });

  it('refuses when the hour is used up, and no more when the hour is over', async () => {
    for (let count = 0; count < 20; count += 1) await ask('/repos/acme/api');
    const refused = await ask('/repos/acme/api');
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(Number(refused.headers.get('x-ratelimit-reset'))).toBe((start + 3_600_000) / 1_000);
    await clock.advance(3_600_000);
    expect((await ask('/repos/acme/api')).status).toBe(200);
  });

  it('asks for rest with and without saying how long', async () => {
    const account = world.accounts[0]!;
    fake.limits.rest(account, { until: start + 30_000, status: 429, retryAfter: true });
    const told = await ask('/repos/acme/api');
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '30']);
    fake.limits.rest(account, { until: start + 30_000, status: 403, retryAfter: false });
    const untold = await ask('/repos/acme/api');
    expect([untold.status, untold.headers.get('retry-after')]).toEqual([403, null]);
    expect(JSON.stringify(await untold.json())).toContain('secondary rate limit');
  });

  it('sends who asks by a former name on to the id', async () => {
    api.rename('core');
    const moved = await ask('/repos/acme/api/pulls?state=all');
    expect(moved.status).toBe(301);
    const location = moved.headers.get('location') ?? '';
    expect(location).toBe(`${fake.url}/repositories/${api.id}/pulls?state=all`);
    expect((await ask(location)).status).toBe(200);
    expect(await (await ask(`/repositories/${api.id}`)).json()).toMatchObject({ full_name: 'acme/core' });
  });

  it.each([403, 404, 410, 451] as const)('refuses a repository with %i', async (status) => {
    api.refused = status;
    expect((await ask('/repos/acme/api/pulls')).status).toBe(status);
  });

  it('knows no stranger', async () => {
    expect((await ask('/repos/acme/api', {}, 'wrong')).status).toBe(401);
    world.addToken('elsewhere', ['umbrella']);
    expect((await ask('/repos/acme/api', {}, 'elsewhere')).status).toBe(404);
  });

  it('shows some things late, and moves `updated_at` by a comment', async () => {
    world.lag = () => 90_000;
    const pull = openPull(api, { branch: 'x', by: 'ada', title: 'Fix it' });
    const read = async () => (await ask('/repos/acme/api/pulls')).json() as Promise<{ updated_at: string }[]>;
    expect(await read()).toEqual([]);
    await clock.advance(90_000);
    const [before] = await read();
    comment(api, pull);
    const [after] = await read();
    expect(Date.parse(after!.updated_at) - Date.parse(before!.updated_at)).toBe(90_000);
  });

  it('breaks when it shall', async () => {
    fake.fault = () => ({ kind: 'status', status: 502 });
    expect((await ask('/repos/acme/api')).status).toBe(502);
    fake.fault = () => ({ kind: 'truncated' });
    await expect(ask('/repos/acme/api').then((answer) => answer.text())).rejects.toThrow();
    fake.fault = () => ({ kind: 'cut' });
    await expect(ask('/repos/acme/api')).rejects.toThrow();
  });

  it('gives an app that signs rightly a token for an hour', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    world.addApp({ id: '9', installation: 42, publicKey }, ['acme']);
    const { token: jwt } = await githubAppJwt({ id: '9', privateKey, now: start / 1_000 });
    const claim = (signed: string) =>
      fetch(`${fake.url}/app/installations/42/access_tokens`, {
        method: 'POST',
        headers: { authorization: `Bearer ${signed}` },
      });
    expect((await claim(`${jwt.slice(0, -8)}AAAAAAAA`)).status).toBe(401);
    const { token } = (await (await claim(jwt)).json()) as { token: string };
    expect((await ask('/installation/repositories', {}, token)).status).toBe(200);
    await clock.advance(3_600_000);
    expect((await ask('/installation/repositories', {}, token)).status).toBe(401);
  });
});
