import type { Source } from '@painchain/connector-sdk';
import { InstantClock, MockUpstream, testContext } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitLabConfig } from './config.js';
import { Integration } from './integration.js';

const self = '/api/v4/personal_access_tokens/self';
const query = 'include_subgroups=true&with_shared=false&order_by=id&sort=asc&per_page=100';
const list = `/api/v4/groups/acme%2Fshop/projects?${query}`;

let time: InstantClock;
let upstream: MockUpstream;
let context: ReturnType<typeof testContext>;

beforeEach(async () => {
  time = new InstantClock(Date.UTC(2026, 10, 24, 10));
  upstream = await MockUpstream.start();
  context = testContext(time);
});

afterEach(async () => {
  await context.close();
  await upstream.stop();
});

function listsOf(config: object) {
  return new Integration(GitLabConfig.parse({ token: 'secret', base_url: upstream.url, ...config }), context);
}

async function next(lists: AsyncIterator<readonly Source[]>): Promise<string[]> {
  const { value } = (await lists.next()) as { value: readonly Source[] };
  return value.map(({ name }) => name);
}

function project(id: number, path: string) {
  return { id, path_with_namespace: `acme/shop/${path}`, archived: false };
}

const date = () => ({ date: new Date(time.now()).toUTCString() });
const groups = [{ group: 'acme/shop' }];

describe('an integration', () => {
  it('finds the projects of a group, over its pages, and those that are made later', async () => {
    const link = `<${upstream.url}${list}&page=2>; rel="next"`;
    upstream
      .expect('GET', list, { headers: { ...date(), link, etag: '"a"' }, json: [project(1, 'api')] })
      .expect('GET', `${list}&page=2`, { json: [project(2, 'web')] })
      .expect('GET', self, { json: { scopes: ['read_api'], expires_at: '2027-06-01' } });
    const lists = listsOf({ groups })[Symbol.asyncIterator]();
    expect(await next(lists)).toEqual(['project:1', 'project:2']);
    upstream
      .expect('GET', list, ({ headers }) => ({
        status: headers['if-none-match'] === '"a"' ? 304 : 500,
        headers: date(),
      }))
      .expect('GET', `${list}&page=2`, { json: [project(2, 'web'), project(3, 'cron')] });
    expect(await next(lists)).toEqual(['project:1', 'project:2', 'project:3']);
    expect(time.sleeps).toEqual([900_000]);
  });

  it('leaves out what is archived or waits for its deletion, but keeps what it watches already', async () => {
    const going = (id: number, path: string) => ({
      ...project(id, path),
      marked_for_deletion_on: '2026-12-24',
    });
    upstream
      .expect('GET', list, { headers: date(), json: [project(1, 'api'), going(2, 'old')] })
      .expect('GET', self, { json: { scopes: ['read_api'], expires_at: null } });
    const lists = listsOf({ groups })[Symbol.asyncIterator]();
    expect(await next(lists)).toEqual(['project:1']);
    upstream.expect('GET', list, { headers: date(), json: [going(1, 'api-deletion_scheduled-1')] });
    expect(await next(lists)).toEqual(['project:1']);
  });

  it('watches all others while a group can’t be listed', async () => {
    upstream.expect('GET', list, { status: 404, json: { message: '404 Group Not Found' } });
    const lists = listsOf({ groups, projects: [{ project: 'acme/named' }] })[Symbol.asyncIterator]();
    expect(await next(lists)).toEqual(['acme/named']);
    await expect(lists.next()).rejects.toMatchObject({
      code: 'group-missing',
      detail: 'GitLab knows no group acme/shop, or hides it from this token.',
      retryAfterMs: 300_000,
    });
  });

  it.each([
    [{ message: '403 Forbidden' }, 'Make the token’s user a member of the group, with the role Reporter.'],
    [{ error: 'insufficient_scope' }, 'Make a token with the scope read_api and put it in `token`.'],
  ])('says which group may not be listed, and what helps: %j', async (json, remedy) => {
    upstream.expect('GET', list, { status: 403, headers: date(), json });
    await expect(listsOf({ groups })[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'group-not-permitted',
      detail: 'The token may not list the projects of the group acme/shop.',
      remedy,
    });
  });

  it('finds what comes in one group while another can’t be listed any more, and lets go of nothing', async () => {
    const labs = `/api/v4/groups/acme-labs/projects?${query}`;
    upstream
      .expect('GET', list, { headers: date(), json: [project(1, 'api')] })
      .expect('GET', labs, { headers: date(), json: [project(8, 'lab')] });
    const integration = listsOf({ groups: [...groups, { group: 'acme-labs' }] });
    expect(await next(integration[Symbol.asyncIterator]())).toEqual(['project:1', 'project:8']);
    const more = [project(1, 'api'), project(2, 'web')];
    for (let time = 0; time < 2; time++) {
      upstream
        .expect('GET', list, { headers: date(), json: more })
        .expect('GET', labs, { status: 404, headers: date(), json: { message: '404 Group Not Found' } });
    }
    const lists = integration[Symbol.asyncIterator]();
    expect(await next(lists)).toEqual(['project:1', 'project:8', 'project:2']);
    await expect(lists.next()).rejects.toMatchObject({ code: 'group-missing' });
    // What is known already is not said again: the trouble would seem to have just begun.
    await expect(integration[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'group-missing' });
  });

  it('warns of a token that ends soon while everything goes on', async () => {
    upstream.expect('GET', self, {
      headers: date(),
      json: { name: 'painchain', scopes: ['read_api'], expires_at: '2026-12-01' },
    });
    const integration = listsOf({ projects: [{ project: 42 }] });
    const lists = integration[Symbol.asyncIterator]();
    expect(await next(lists)).toEqual(['project:42']);
    await expect(lists.next()).rejects.toMatchObject({
      code: 'token-expiring',
      kind: 'configuration',
      detail: 'The token expires on 2026-12-01. Until then everything is told.',
      remedy: expect.stringContaining('The token ends in 6 days') as string,
      retryAfterMs: 900_000,
    });
    // It is remembered for some hours.
    const again = integration[Symbol.asyncIterator]();
    expect(await next(again)).toEqual(['project:42']);
    await expect(again.next()).rejects.toMatchObject({ code: 'token-expiring' });
  });

  it('says that the token has ended on the day that it does, and no longer that it will', async () => {
    upstream.expect('GET', self, {
      headers: date(),
      json: { scopes: ['read_api'], expires_at: '2026-11-25' },
    });
    const integration = listsOf({ projects: [{ project: 42 }] });
    const warned = async () => {
      const lists = integration[Symbol.asyncIterator]();
      await lists.next();
      return lists.next();
    };
    await expect(warned()).rejects.toMatchObject({
      code: 'token-expiring',
      remedy: expect.stringContaining('ends within a day') as string,
    });
    const json = { error: 'invalid_token', error_description: 'Token is expired.' };
    upstream.expect('GET', self, { status: 401, headers: date(), json });
    await expect(warned()).rejects.toMatchObject({ code: 'token-expired' });
  });

  it('goes on without a word from a server that can’t say when a token ends', async () => {
    upstream.expect('GET', self, { status: 404, headers: date(), json: { message: '404 Not Found' } });
    const lists = listsOf({ projects: [{ project: 42 }] })[Symbol.asyncIterator]();
    expect(await next(lists)).toEqual(['project:42']);
    expect(await next(lists)).toEqual(['project:42']);
  });
});
