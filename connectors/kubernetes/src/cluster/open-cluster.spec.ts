import { getEventListeners } from 'node:events';
import { ManualClock, type TestContext, testContext } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clustersOf, readSurroundings } from '../config.js';
import { FakeApiServer, Store } from '../testing/fake-api-server/index.js';
import type { ListPage, Scope, WatchEvent } from './cluster.js';
import { openCluster } from './open-cluster.js';

let store: Store;
let fake: FakeApiServer;
let context: TestContext;

beforeEach(async () => {
  store = new Store();
  fake = await FakeApiServer.start(store);
  context = testContext();
});

afterEach(async () => {
  await context.close();
  await fake.stop();
});

const resource = { groupVersion: 'v1', plural: 'configmaps', namespaced: true };
const scope: Scope = { resource };
const { signal } = new AbortController();

function open(token?: string) {
  const [config] = clustersOf({ cluster: 'prod', server: fake.url, token });
  return openCluster(config!, context, readSurroundings({}));
}

function write(name: string, data: Record<string, string> = {}, namespace = 'default') {
  const object = { kind: 'ConfigMap', metadata: { name, namespace }, data };
  return store.get(store.kindOf('ConfigMap'), namespace, name) ? store.update(object) : store.create(object);
}

const nameOf = ({ metadata }: { metadata: { name: string } }) => metadata.name;

async function all(next?: string): Promise<ListPage[]> {
  const page = await (await open()).list(scope, next, signal);
  return page.next === undefined ? [page] : [page, ...(await all(page.next))];
}

/** What a watch tells until there is so much of it, or it ends. */
async function told(events: AsyncIterable<WatchEvent>, count = Infinity): Promise<WatchEvent[]> {
  const seen: WatchEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (seen.length >= count) break;
  }
  return seen;
}

const inWords = (event: WatchEvent) =>
  'object' in event ? `${event.type} ${nameOf(event.object)}` : event.type;

describe('a list', () => {
  it('comes in pages of 500 objects, each of which says of which kind it is', async () => {
    for (let n = 0; n < 1_001; n++) write(`map-${n}`);
    const pages = await all();
    expect(pages.map(({ objects }) => objects.length)).toEqual([500, 500, 1]);
    expect(new Set(pages.flatMap(({ objects }) => objects.map(nameOf))).size).toBe(1_001);
    expect(pages[0]?.objects[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  });

  it('is of one namespace and of what a selector means', async () => {
    write('one', {}, 'shop');
    write('two');
    const cluster = await open();
    const inShop = await cluster.list({ ...scope, namespace: 'shop' }, undefined, signal);
    expect(inShop.objects.map(nameOf)).toEqual(['one']);
    const selected = await cluster.list({ ...scope, fieldSelector: 'metadata.name=two' }, undefined, signal);
    expect(selected.objects.map(nameOf)).toEqual(['two']);
  });

  it('says when it has become too old to be read on', async () => {
    for (let n = 0; n < 501; n++) write(`map-${n}`);
    const cluster = await open();
    const { next } = await cluster.list(scope, undefined, signal);
    write('map-0', { changed: 'yes' });
    store.compact();
    await expect(cluster.list(scope, next, signal)).rejects.toMatchObject({ code: 'list-expired' });
  });

  it('is asked for in smaller pages when its objects are too large for one', async () => {
    const text = 'x'.repeat(900_000);
    for (let n = 0; n < 40; n++) write(`map-${n}`, { text });
    const cluster = await open();
    let asked = 0;
    fake.heard = () => (asked += 1);
    const { objects, next } = await cluster.list(scope, undefined, signal);
    expect([objects.length, next]).toEqual([5, expect.any(String)]);
    expect(asked).toBe(3);
    // That is known for the pages behind it.
    await cluster.list(scope, next, signal);
    expect(asked).toBe(4);
  }, 20_000);

  it.each([
    [429, 'too-many-requests'],
    [500, 'server-failed'],
  ])('that is answered with %i is %s', async (status, code) => {
    fake.fault = () => ({ kind: 'status', status, retryAfterSeconds: 2 });
    await expect((await open()).list(scope, undefined, signal)).rejects.toMatchObject({
      code,
      retryAfterMs: 2_000,
    });
  });
});

describe('a watch', () => {
  it('goes on behind a list, and tells what is no longer as deleted', async () => {
    write('one');
    const cluster = await open();
    const { resourceVersion } = await cluster.list(scope, undefined, signal);
    write('one', { changed: 'yes' });
    write('two');
    store.delete('ConfigMap', 'one', 'default');
    const events = await told(cluster.watch(scope, resourceVersion, signal), 3);
    expect(events.map(inWords)).toEqual(['MODIFIED one', 'ADDED two', 'DELETED one']);
  });

  it('asks for bookmarks and for an end of its own within six minutes', async () => {
    const paths: string[] = [];
    fake.heard = ({ path }) => paths.push(path);
    const cluster = await open();
    const pending = told(cluster.watch(scope, String(store.revision), signal));
    await expect.poll(() => fake.watches.length).toBe(1);
    fake.watches.forEach((watch) => watch.close());
    expect(await pending).toEqual([]);
    const query = new URL(paths.at(-1) ?? '', fake.url).searchParams;
    expect(query.get('allowWatchBookmarks')).toBe('true');
    expect(Number(query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(240);
    expect(Number(query.get('timeoutSeconds'))).toBeLessThanOrEqual(360);
  });

  it.each(['by status', 'in stream'] as const)(
    'says of a version that is too old to list anew: %s',
    async (how) => {
      fake.expires = how;
      write('one');
      write('two');
      store.compact();
      expect(await told((await open()).watch(scope, '1', signal))).toEqual([{ type: 'EXPIRED' }]);
    },
  );

  it('fails with what the server says within it, and when it is cut', async () => {
    const cluster = await open();
    for (const [spoil, code] of [
      ['fail', 'server-failed'],
      ['cut', 'unreachable'],
    ] as const) {
      const pending = told(cluster.watch(scope, String(store.revision), signal));
      pending.catch(() => undefined);
      await expect.poll(() => fake.watches.length).toBe(1);
      fake.watches.forEach((watch) => watch[spoil]());
      await expect(pending).rejects.toMatchObject({ code });
    }
  });

  it('reads what comes in the smallest pieces, and an object of three megabytes', async () => {
    fake.fault = ({ target }) => (target?.verb === 'watch' ? { kind: 'dribbles' } : undefined);
    const cluster = await open();
    write('one', { text: 'zwölf Boxkämpfer' });
    expect(await told(cluster.watch(scope, '0', signal), 1)).toHaveLength(1);
    fake.fault = undefined;
    write('large', { text: 'x'.repeat(3_000_000) });
    expect((await told(cluster.watch(scope, String(store.revision - 1), signal), 1)).map(inWords)).toEqual([
      'ADDED large',
    ]);
    write('larger', { text: 'x'.repeat(16_000_000) });
    const events = told(cluster.watch(scope, String(store.revision - 1), signal), 1);
    await expect(events).rejects.toMatchObject({ code: 'object-too-large' });
  });

  it('ends with the signal and leaves nothing behind on it', async () => {
    const stop = new AbortController();
    const pending = told((await open()).watch(scope, String(store.revision), stop.signal));
    pending.catch(() => undefined);
    await expect.poll(() => fake.watches.length).toBe(1);
    stop.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});

describe('rights', () => {
  it('are named when they are missing', async () => {
    fake.tokens = { 'sesame-token': { cluster: [] } };
    const cluster = await open('sesame-token');
    const missing = {
      code: 'not-permitted',
      remedy: expect.stringContaining('resources: ["configmaps"]') as string,
    };
    await expect(cluster.list(scope, undefined, signal)).rejects.toMatchObject(missing);
    await expect(told(cluster.watch(scope, '1', signal))).rejects.toMatchObject(missing);
  });

  it('refuses a credential that is wrong without showing it', async () => {
    fake.tokens = {};
    const error: unknown = await (
      await open('sesame-token')
    )
      .list(scope, undefined, signal)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'credential-refused', kind: 'configuration' });
    expect(JSON.stringify([error, String(error)])).not.toContain('sesame');
  });
});

describe('what a cluster is', () => {
  const candidates = ['acme.test/v2', 'acme.test/v1'].map((groupVersion) => ({
    groupVersion,
    plural: 'applications',
    namespaced: true,
  }));

  it('is told by the uid of kube-system', async () => {
    const system = store.get(store.kindOf('Namespace'), undefined, 'kube-system');
    const cluster = await open();
    expect(await cluster.identity()).toEqual({ uid: system?.metadata.uid, derived: false });
  });

  it('is derived from its address where kube-system may not be read, and stays so', async () => {
    fake.tokens = { 'sesame-token': { cluster: [] } };
    const cluster = await open('sesame-token');
    const identity = await cluster.identity();
    expect(identity).toEqual({ uid: expect.stringMatching(/^[0-9a-f]{32}$/) as string, derived: true });
    expect(await (await open('sesame-token')).identity()).toEqual(identity);
    fake.tokens = undefined;
    expect(await cluster.identity()).toEqual(identity);
  });

  it('serves the first of some resources, or none, and is asked once in ten minutes', async () => {
    const paths: string[] = [];
    fake.heard = ({ path }) => paths.push(path);
    const cluster = await open();
    expect(await cluster.find(candidates, signal)).toBeUndefined();
    expect(await cluster.find([...candidates, resource], signal)).toEqual(resource);
    expect(paths).toEqual(['/apis/acme.test/v2', '/apis/acme.test/v1', '/api/v1']);
  });

  it('has a clock of its own, which its answers tell', async () => {
    const ahead = 3_600_000;
    const other = await FakeApiServer.start(new Store(), { clock: new ManualClock(Date.now() + ahead) });
    const [config] = clustersOf({ server: other.url });
    const cluster = await openCluster(config!, context, readSurroundings({}));
    expect(await cluster.version(signal)).toMatch(/^v1\.\d+/);
    await other.stop();
    expect(Math.abs(cluster.now() - Date.now() - ahead)).toBeLessThan(60_000);
  });
});
