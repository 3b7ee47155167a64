import { generateKeyPairSync } from 'node:crypto';
import type { Source } from '@painchain/connector-sdk';
import { InstantClock, runSourceOnce, testContext } from '@painchain/connector-sdk/testing';
import { addCommit } from '@painchain/connector-sdk/testing/pretend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitHubConfig } from './config.js';
import { Integration } from './integration.js';
import { testGitHub } from './test-steps.js';
import { FakeGitHub, World } from './testing/fake-github/index.js';
import { createBranch, push } from './testing/fake-github/world/git.js';

const clock = () => new InstantClock(Date.UTC(2026, 10, 24, 10));

let time: InstantClock;
let world: World;
let fake: FakeGitHub;
let context: ReturnType<typeof testContext>;

beforeEach(async () => {
  time = clock();
  world = new World(() => time.now());
  world.addToken('secret', ['acme']);
  fake = await FakeGitHub.start(world, { subPath: '/api/v3' });
  context = testContext(time);
});

afterEach(async () => {
  await context.close();
  await fake.stop();
});

function configOf(config: object): GitHubConfig {
  return GitHubConfig.parse({ token: 'secret', base_url: fake.url, ...config });
}

function begun(name: string) {
  const repository = world.addRepository('acme', name);
  createBranch(repository, 'main', 'ada', addCommit(repository, { by: 'ada', parents: [] }));
  return repository;
}

async function listOf(lists: AsyncIterator<readonly Source[]>): Promise<string[]> {
  const { value } = (await lists.next()) as { value: readonly Source[] };
  return value.map(({ project }) => project);
}

describe('an integration', () => {
  it('lists what is named once, and asks GitHub nothing for it', async () => {
    const lists = new Integration(configOf({ repositories: [{ owner: 'acme', repo: 'api' }] }), context);
    const all: Source[] = [];
    for await (const sources of lists) all.push(...sources);
    expect(all.map(({ name }) => name)).toEqual(['acme/api']);
    expect(world.accounts[0]).toBeDefined();
  });

  it('finds the repositories of an owner, and those that are made later', async () => {
    begun('api');
    const lists = new Integration(configOf({ repositories: [{ owner: 'Acme' }] }), context);
    const iterator = lists[Symbol.asyncIterator]();
    expect(await listOf(iterator)).toEqual(['acme/api']);
    begun('web');
    expect(await listOf(iterator)).toEqual(['acme/api', 'acme/web']);
    expect(time.sleeps).toEqual([900_000]);
  });

  it('lists more than a page, for nothing when nothing has changed', async () => {
    for (let count = 0; count < 150; count++) world.addRepository('acme', `service-${count}`);
    const counted: string[] = [];
    fake.heard = (asked) => void (asked.counted && counted.push(asked.target));
    const iterator = new Integration(configOf({ repositories: [{ owner: 'acme' }] }), context)[
      Symbol.asyncIterator
    ]();
    expect(await listOf(iterator)).toHaveLength(150);
    const before = counted.length;
    expect(await listOf(iterator)).toHaveLength(150);
    expect(counted).toHaveLength(before);
  });

  it('says whose name it does not find', async () => {
    const lists = new Integration(configOf({ repositories: [{ owner: 'nobody' }] }), context);
    const { faults } = await lists.meant();
    expect(faults).toMatchObject([{ code: 'owner-missing', kind: 'configuration' }]);
  });

  it('watches all others while an owner can’t be listed, and keeps whom it has when that comes later', async () => {
    begun('api');
    const repositories = [{ owner: 'acme' }, { owner: 'nobody' }, { owner: 'acme', repo: 'named' }];
    const lists = new Integration(configOf({ repositories }), context);
    const first = lists[Symbol.asyncIterator]();
    expect(await listOf(first)).toEqual(['acme/named', 'acme/api']);
    await expect(first.next()).rejects.toMatchObject({ code: 'owner-missing' });
    await expect(lists[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'owner-missing' });
    world.addOwner('nobody');
    expect(await listOf(lists[Symbol.asyncIterator]())).toEqual(['acme/named', 'acme/api']);
  });

  it('keeps a repository that is archived while it is watched, for it has that to tell', async () => {
    const repository = begun('api');
    const config = configOf({ repositories: [{ owner: 'acme' }] });
    const iterator = new Integration(config, context)[Symbol.asyncIterator]();
    expect(await listOf(iterator)).toEqual(['acme/api']);
    repository.archived = true;
    expect(await listOf(iterator)).toEqual(['acme/api']);
    expect(await listOf(new Integration(config, context)[Symbol.asyncIterator]())).toEqual([]);
  });

  it('keeps a source and what it knows when its repository is renamed', async () => {
    const repository = begun('api');
    const iterator = new Integration(configOf({ repositories: [{ owner: 'acme' }] }), context)[
      Symbol.asyncIterator
    ]();
    const first = (await iterator.next()).value as Source[];
    repository.rename('core');
    const second = (await iterator.next()).value as Source[];
    expect(second[0]).toBe(first[0]);
    // Its name is somebody else's by now.
    begun('api');
    if (!first[0]) throw new Error('no source');
    await runSourceOnce(first[0], { connector: 'github', clock: time });
    expect(first[0].project).toBe('acme/core');
  });

  it('tells what happens in a repository, over all of its looks', async () => {
    const repository = begun('api');
    const lists = new Integration(configOf({ repositories: [{ owner: 'acme', repo: 'api' }] }), context);
    const [source] = (await lists[Symbol.asyncIterator]().next()).value as Source[];
    if (!source) throw new Error('no source');
    const first = await runSourceOnce(source, { connector: 'github', clock: time });
    expect(first.watermark).toBe('2026-11-24T09:59:45.000Z');
    await time.sleep(60_000);
    push(repository, 'main', 'ada');
    repository.rename('core');
    await time.sleep(60_000);
    const { cursor } = first;
    const second = await runSourceOnce(source, { connector: 'github', clock: time, cursor });
    expect(second.events).toMatchObject([{ type: 'push', project: 'acme/core', actor: 'ada' }]);
    const third = await runSourceOnce(source, { connector: 'github', clock: time, cursor: second.cursor });
    expect(third.events).toEqual([]);
  });
});

describe('trying a configuration', () => {
  it('says who we are, what is left, and what may be read', async () => {
    begun('api');
    const config = configOf({
      repositories: [
        { owner: 'acme', repo: 'api' },
        { owner: 'acme', repo: 'gone' },
      ],
      webhook: { enabled: true, secret: 'hush' },
    });
    const steps = await testGitHub(config, context);
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      [`The credential at ${new URL(fake.url).host}`, true],
      ['Rate limit', true],
      ['acme/api', true],
      ['acme/gone', false],
      ['Webhooks', true],
    ]);
    expect(steps[0]?.detail).toContain('A token of ');
    expect(steps[3]?.remedy).toContain('Check its name');
  });

  it('stops at a credential that is none', async () => {
    const steps = await testGitHub(configOf({ token: 'wrong', repositories: [{ owner: 'acme' }] }), context);
    expect(steps).toMatchObject([{ ok: false, remedy: expect.stringContaining('`token`') as string }]);
  });

  it('works with an App, too', async () => {
    begun('api');
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    world.addApp({ id: '7', installation: 42, publicKey }, ['acme']);
    const app = { id: 7, installation: 42, private_key: privateKey };
    const config = configOf({ token: undefined, app, repositories: [{ owner: 'acme' }] });
    const steps = await testGitHub(config, context);
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps[0]?.detail).toBe('Installation 42 of the App 7, which may: contents: read.');
  });
});
