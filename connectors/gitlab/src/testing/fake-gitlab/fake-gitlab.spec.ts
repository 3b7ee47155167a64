import { ManualClock } from '@painchain/connector-sdk/testing';
import { addCommit } from '@painchain/connector-sdk/testing/pretend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeGitLab, type Project, World } from './index.js';
import { deploy, say } from './world/deployments.js';
import { createBranch, moveBranches, push } from './world/git.js';
import { comment, openMergeRequest } from './world/merge-requests.js';
import { createPipeline, endPipeline, runPipeline } from './world/pipelines.js';

const start = Date.UTC(2026, 10, 24, 10);
let clock: ManualClock;
let world: World;
let fake: FakeGitLab;
let api: Project;

beforeEach(async () => {
  clock = new ManualClock(start);
  world = new World(() => clock.now());
  api = world.addProject('acme/shop/api');
  world.addToken('secret', ['acme'], 20);
  createBranch(api, 'main', 'ada', addCommit(api, { by: 'ada', parents: [] }));
  fake = await FakeGitLab.start(world, { subPath: '/gitlab' });
});
afterEach(() => fake.stop());

const ask = (target: string, headers: Record<string, string> = {}, token = 'secret') =>
  fetch(target.startsWith('http') ? target : `${fake.url}/api/v4${target}`, {
    headers: { 'private-token': token, ...headers },
    redirect: 'manual',
  });
const of = (rest: string) => ask(`/projects/${api.id}/${rest}`);
const read = async <T>(response: Promise<Response>) => (await (await response).json()) as T;
const next = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

describe('the fake GitLab', () => {
  it('lies under a sub-path, and knows a project by its id and by its path', async () => {
    const whole = `${fake.url}/api/v4/projects/${api.id}`;
    expect(whole).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/gitlab\/api\/v4\//);
    expect(await read(ask('/projects/acme%2Fshop%2Fapi'))).toMatchObject({ id: api.id });
    expect((await ask('/projects/acme/shop/api')).status).toBe(404);
    expect((await fetch(whole.replace('/gitlab', ''))).status).toBe(404);
  });

  it('counts what has not changed like the rest, and says so where it says anything', async () => {
    const first = await of('merge_requests');
    expect(first.headers.get('ratelimit-remaining')).toBe('19');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\//);
    const again = await ask(`/projects/${api.id}/merge_requests`, { 'if-none-match': etag });
    expect([again.status, again.headers.get('ratelimit-remaining')]).toEqual([304, '18']);
    fake.limits.announced = false;
    expect((await of('merge_requests')).headers.get('ratelimit-remaining')).toBeNull();
  });

  it('refuses who asks too much in a minute, and no more in the next', async () => {
    for (let count = 0; count < 20; count += 1) await of('issues');
    const refused = await of('issues');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await refused.text()).toBe('Retry later\n');
    await clock.advance(60_000);
    expect((await of('issues')).status).toBe(200);
    const account = world.accounts[0]!;
    fake.limits.rest(account, { until: clock.now() + 30_000, retryAfter: false });
    const untold = await of('issues');
    expect([untold.status, untold.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('leads from page to page by whole addresses, and counts no long list', async () => {
    world.mostCounted = 3;
    for (let count = 0; count < 3; count += 1) createPipeline(api, 'main', 'ada');
    const short = await of('pipelines?per_page=2');
    expect([short.headers.get('x-total'), short.headers.get('x-total-pages')]).toEqual(['3', '2']);
    createPipeline(api, 'main', 'ada');
    const long = await of('pipelines?per_page=2');
    expect([long.headers.get('x-total'), long.headers.get('x-next-page')]).toEqual([null, '2']);
    expect(next(long)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/gitlab\/api\/v4\/projects\/\d+\/pipelines\?/);
    expect(next(await ask(next(long) ?? ''))).toBeUndefined();
  });

  it('pages by key where it is asked to: what comes meanwhile moves nothing', async () => {
    createBranch(api, 'one', 'ada');
    createBranch(api, 'two', 'ada');
    const first = await of('repository/branches?pagination=keyset&per_page=2');
    createBranch(api, 'first', 'ada');
    const second = await ask(next(first) ?? '');
    const pages = (await Promise.all([first.json(), second.json()])) as { name: string }[][];
    expect(pages.flat().map(({ name }) => name)).toEqual(['main', 'one', 'two']);
    expect(first.headers.get('x-total')).toBeNull();
  });

  it('takes a window of time, in order of that time only where it says so, and no bare plus', async () => {
    say(api, deploy(api, 'main', 'production', 'ada'), 'running');
    const since = (text: string) => `updated_after=${text}`;
    const whole = encodeURIComponent('2026-11-24T12:00:00+02:00');
    expect((await of(`deployments?${since(whole)}`)).status).toBe(400);
    expect(await read(of(`deployments?order_by=updated_at&${since(whole)}`))).toHaveLength(1);
    const later = encodeURIComponent('2026-11-24T12:00:01+02:00');
    expect(await read(of(`deployments?order_by=updated_at&${since(later)}`))).toHaveLength(0);
    const bare = await of(`merge_requests?${since('2026-11-24T12:00:00+02:00')}`);
    expect([bare.status, await bare.json()]).toEqual([400, { error: 'updated_after is invalid' }]);
    expect((await of('pipelines?order_by=created_at')).status).toBe(400);
  });

  it('sends who asks by a former path on to the id', async () => {
    api.rename('core');
    const moved = await ask('/projects/acme%2Fshop%2Fapi/issues?state=all');
    expect(moved.status).toBe(301);
    const location = moved.headers.get('location') ?? '';
    expect(location).toBe(`${fake.url}/api/v4/projects/${api.id}/issues?state=all`);
    expect((await ask(location)).status).toBe(200);
    expect(await read(ask(`/projects/${api.id}`))).toMatchObject({ path_with_namespace: 'acme/shop/core' });
  });

  it('knows no stranger, and says of an expired token that it is one', async () => {
    const unknown = await ask('/user', {}, 'wrong');
    expect([unknown.status, await unknown.json()]).toEqual([401, { message: '401 Unauthorized' }]);
    const account = world.addToken('elsewhere', ['umbrella']);
    expect((await ask(`/projects/${api.id}`, {}, 'elsewhere')).status).toBe(404);
    world.renew(account, 'nightly', start + 3_600_000);
    expect(await read(ask('/personal_access_tokens/self', {}, 'nightly'))).toMatchObject({
      scopes: ['read_api'],
      expires_at: '2026-11-24',
    });
    await clock.advance(3_600_000);
    const expired = await ask('/user', {}, 'nightly');
    expect([expired.status, await expired.json()]).toMatchObject([401, { error: 'invalid_token' }]);
    api.refused = 403;
    expect((await of('issues')).status).toBe(403);
  });

  it('lists a group with its subgroups', async () => {
    world.addProject('acme/web');
    const names = async (query: string) =>
      (await read<{ path: string }[]>(ask(`/groups/acme/projects?${query}`))).map(({ path }) => path);
    expect(await names('')).toEqual(['web']);
    expect((await names('include_subgroups=true')).toSorted()).toEqual(['api', 'web']);
    expect((await ask('/groups/umbrella/projects')).status).toBe(404);
  });

  it('shows some things late, and moves `updated_at` by a comment', async () => {
    world.lag = () => 90_000;
    const mergeRequest = openMergeRequest(api, { branch: 'x', by: 'ada', title: 'Fix it' });
    const all = () => read<{ updated_at: string }[]>(of('merge_requests'));
    expect(await all()).toEqual([]);
    await clock.advance(90_000);
    const [before] = await all();
    comment(api, mergeRequest);
    const [after] = await all();
    expect(Date.parse(after!.updated_at) - Date.parse(before!.updated_at)).toBe(90_000);
  });

  it('tells of a push of many branches only how many', async () => {
    const tip = push(api, 'main', 'ada');
    world.eventLag = () => 4_000;
    moveBranches(
      api,
      ['a', 'b', 'c', 'd'].map((name) => ({ name, after: tip })),
      'ada',
    );
    const events = () => read<{ push_data: object }[]>(of('events?action=pushed'));
    expect(await events()).toHaveLength(2);
    await clock.advance(4_000);
    const [many, one] = await events();
    expect(many?.push_data).toMatchObject({ ref: null, ref_count: 4, commit_to: null });
    expect(one?.push_data).toMatchObject({ ref: 'main', ref_count: null, commit_to: tip });
    expect(await read(of('events?after=2026-11-24'))).toEqual([]);
  });

  it('leaves a pipeline that is run again its former end', async () => {
    const pipeline = createPipeline(api, 'main', 'ada');
    runPipeline(api, pipeline);
    endPipeline(api, pipeline, 'failed');
    await clock.advance(60_000);
    runPipeline(api, pipeline);
    expect(await read(of(`pipelines/${pipeline.id}`))).toMatchObject({
      status: 'running',
      finished_at: '2026-11-24T10:00:00.000Z',
    });
    expect(await read(of(`pipelines/${pipeline.id}/jobs`))).toHaveLength(2);
    expect(await read(of(`pipelines/${pipeline.id}/jobs?include_retried=true`))).toHaveLength(4);
  });

  it('breaks when it shall', async () => {
    fake.fault = () => ({ kind: 'status', status: 502 });
    expect((await of('issues')).status).toBe(502);
    fake.fault = () => ({ kind: 'truncated' });
    await expect(of('issues').then((answer) => answer.text())).rejects.toThrow();
    fake.fault = () => ({ kind: 'cut' });
    await expect(of('issues')).rejects.toThrow();
  });
});
