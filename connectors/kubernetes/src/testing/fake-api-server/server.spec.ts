import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '@painchain/connector-sdk';
import { FakeApiServer } from './server.js';
import { Store } from './store.js';

let store: Store;
let fake: FakeApiServer;
beforeEach(async () => {
  store = new Store();
  fake = await FakeApiServer.start(store);
});
afterEach(() => fake.stop());

const maps = '/api/v1/configmaps';
const map = (name: string, labels: Record<string, string> = {}, namespace = 'default') => ({
  kind: 'ConfigMap',
  metadata: { name, namespace, labels },
  data: { name },
});

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; json: JsonObject }> {
  const response = await fetch(`${fake.url}${path}`, init);
  return { status: response.status, json: (await response.json()) as JsonObject };
}

const itemsOf = (json: JsonObject) => json.items as { metadata: JsonObject }[];
const namesOf = (json: JsonObject) => itemsOf(json).map(({ metadata }) => metadata.name);
const metadataOf = (json: JsonObject) => json.metadata as Record<string, string>;

interface Line {
  type: string;
  object: JsonObject;
}

/** Lines of a watch, until there are so many or it ends. */
async function watch(path: string, count = Infinity): Promise<Line[]> {
  const stop = new AbortController();
  const response = await fetch(`${fake.url}${path}`, { signal: stop.signal });
  const lines: Line[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    const parts = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
    if (lines.length >= count) break;
  }
  stop.abort();
  return lines;
}

const told = (lines: readonly Line[]) =>
  lines.map(({ type, object }) => [type, (object.metadata as JsonObject | undefined)?.name]);

describe('what a server says of itself', () => {
  it('tells its version, its groups and what they serve', async () => {
    expect((await ask('/version')).json).toMatchObject({ major: '1', minor: '30' });
    const { json } = await ask('/apis');
    expect((json.groups as JsonObject[]).map(({ name }) => name)).toContain('apps');
    const { json: apps } = await ask('/apis/apps/v1');
    expect((apps.resources as JsonObject[]).map(({ name }) => name)).toContain('deployments/status');
  });

  it('knows nothing of what it does not serve', async () => {
    expect((await fetch(`${fake.url}/apis/none.example/v1`)).status).toBe(404);
    expect((await fetch(`${fake.url}/apis/none.example/v1/things`)).status).toBe(404);
    expect((await ask('/apis/apps/v1/things')).json).toMatchObject({ kind: 'Status', reason: 'NotFound' });
  });
});

describe('a list', () => {
  it('comes by pages of one moment', async () => {
    for (const name of ['a', 'b', 'c']) store.create(map(name));
    const { json: first } = await ask(`${maps}?limit=2`);
    store.create(map('d'));
    const { json: second } = await ask(`${maps}?limit=2&continue=${metadataOf(first).continue}`);
    expect([namesOf(first), namesOf(second)]).toEqual([['a', 'b'], ['c']]);
    expect(metadataOf(second)).toEqual({ resourceVersion: metadataOf(first).resourceVersion });
    expect(itemsOf(first)[0]).not.toHaveProperty('kind');
  });

  it('can not be gone on with once its moment is forgotten', async () => {
    for (const name of ['a', 'b', 'c']) store.create(map(name));
    const { json: first } = await ask(`${maps}?limit=2`);
    store.create(map('d'));
    store.compact();
    const { status, json } = await ask(`${maps}?limit=2&continue=${metadataOf(first).continue}`);
    expect([status, json.reason]).toEqual([410, 'Expired']);
  });

  it('is of what is selected', async () => {
    store.create(map('a', { app: 'api' }));
    store.create(map('b', { app: 'web' }));
    store.create(map('c', {}, 'shop'));
    const asked = async (selector: string) =>
      namesOf((await ask(`${maps}?labelSelector=${encodeURIComponent(selector)}`)).json);
    expect(await asked('app=api')).toEqual(['a']);
    expect(await asked('app in (api, web),app!=web')).toEqual(['a']);
    expect(await asked('!app')).toEqual(['c']);
    expect(namesOf((await ask(`${maps}?fieldSelector=metadata.name%3Db`)).json)).toEqual(['b']);
    expect(namesOf((await ask('/api/v1/namespaces/shop/configmaps')).json)).toEqual(['c']);
    expect((await ask(`${maps}?fieldSelector=data.name%3Db`)).status).toBe(400);
  });
});

describe('a watch', () => {
  it('tells what happens behind a version, and where it stands', async () => {
    const since = store.revision;
    store.create(map('a'));
    store.update({ ...map('a'), data: {} });
    store.create({ kind: 'Service', metadata: { name: 'other' } });
    store.delete('ConfigMap', 'a');
    const query = `watch=true&resourceVersion=${since}&allowWatchBookmarks=true&timeoutSeconds=0.05`;
    const lines = await watch(`${maps}?${query}`);
    expect(told(lines)).toEqual([
      ['ADDED', 'a'],
      ['MODIFIED', 'a'],
      ['DELETED', 'a'],
      ['BOOKMARK', undefined],
    ]);
    expect(metadataOf(lines[3]?.object ?? {}).resourceVersion).toBe(String(store.revision));
  });

  it('begins with all that there is, without a version', async () => {
    store.create(map('a'));
    expect(told(await watch(`${maps}?watch=true`, 1))).toEqual([['ADDED', 'a']]);
  });

  it('tells what begins and ceases to be selected as added and deleted', async () => {
    const since = store.revision;
    store.create(map('a', { app: 'api' }));
    store.update(map('a', { app: 'web' }));
    store.update(map('a', { app: 'api', more: 'x' }));
    const query = `watch=true&resourceVersion=${since}&labelSelector=app%3Dapi`;
    expect((await watch(`${maps}?${query}`, 3)).map(({ type }) => type)).toEqual([
      'ADDED',
      'DELETED',
      'ADDED',
    ]);
  });

  it('says by its status, or in its stream, that a version is forgotten', async () => {
    const since = store.revision;
    store.create(map('a'));
    store.compact();
    const path = `${maps}?watch=true&resourceVersion=${since}`;
    expect((await ask(path)).status).toBe(410);
    fake.expires = 'in stream';
    const [line] = await watch(path);
    expect(line).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
  });

  it('comes in pieces, too', async () => {
    fake.fault = () => ({ kind: 'dribbles' });
    store.create(map('ä'.repeat(100)));
    expect(told(await watch(`${maps}?watch=true`, 1))).toEqual([['ADDED', 'ä'.repeat(100)]]);
  });

  it('ends in the middle of a line when it is cut', async () => {
    const since = store.revision;
    const lines = watch(`${maps}?watch=true&resourceVersion=${since}`);
    await expect.poll(() => fake.watches.length).toBe(1);
    fake.watches[0]?.cut();
    await expect(lines).rejects.toThrow('terminated');
    expect(fake.watches).toEqual([]);
  });
});

describe('what it refuses', () => {
  it('allows a token what its rules say, in the namespaces that they are of', async () => {
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }];
    fake.tokens = { narrow: { cluster: [], namespaces: { shop: rules } } };
    const headers = { authorization: 'Bearer narrow' };
    expect((await ask(maps)).status).toBe(401);
    expect((await ask('/api/v1/namespaces/shop/configmaps', { headers })).status).toBe(200);
    const { status, json } = await ask(maps, { headers });
    expect([status, json.message]).toEqual([
      403,
      'configmaps is forbidden: User "system:serviceaccount:painchain:painchain" cannot list resource "configmaps" in API group "" at the cluster scope',
    ]);
  });

  it('breaks as it is told to', async () => {
    fake.fault = () => ({ kind: 'status', status: 429, retryAfterSeconds: 3 });
    const response = await fetch(`${fake.url}${maps}`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3']);
    fake.fault = () => ({ kind: 'slammed' });
    await expect(fetch(`${fake.url}${maps}`)).rejects.toThrow('fetch failed');
  });
});

describe('a write', () => {
  it('creates, merges and deletes by HTTP', async () => {
    const place = '/api/v1/namespaces/default/configmaps';
    const body = JSON.stringify({ metadata: { name: 'app' }, data: { a: '1', b: '2' } });
    expect((await ask(`${place}?fieldManager=kubectl-create`, { method: 'POST', body })).status).toBe(201);
    const patch = JSON.stringify({ data: { a: null, b: '3' } });
    const { json } = await ask(`${place}/app?fieldManager=kubectl-edit`, { method: 'PATCH', body: patch });
    expect(json.data).toEqual({ b: '3' });
    expect((await ask(`${place}/app`, { method: 'DELETE' })).status).toBe(200);
    expect((await ask(`${place}/app`)).status).toBe(404);
  });
});
