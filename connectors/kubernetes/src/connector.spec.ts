import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MemoryBackend,
  type StartedConnector,
  startConnector,
  systemClock,
} from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kubernetes } from './connector.js';
import { FakeApiServer, Store } from './testing/fake-api-server/index.js';

let dir: string;
let store: Store;
let fake: FakeApiServer;
let backend: MemoryBackend;
let running: StartedConnector | undefined;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'painchain-kubernetes-'));
  store = new Store();
  fake = await FakeApiServer.start(store);
  backend = await MemoryBackend.start();
});

afterEach(async () => {
  await running?.end();
  await backend.stop();
  await fake.stop();
  rmSync(dir, { recursive: true });
});

function deployment(namespace: string, tag: string) {
  return {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name: 'api', namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'api' } },
      template: { spec: { containers: [{ name: 'api', image: `registry.example.com/acme/api:${tag}` }] } },
    },
  };
}

function start(config: object = {}): void {
  const clusters = [{ name: 'prod', server: fake.url, token: 'sesame-token', ...config }];
  const given = { clusters, kinds: { include: ['Deployment'] } };
  running = startConnector(backend, kubernetes, given, {
    clock: systemClock,
    dataDir: dir,
    instanceId: 'one',
  });
}

const told = () =>
  [...backend.store.events.values()].map(({ type, project, environment }) => ({
    type,
    project,
    environment,
  }));

/** Behind this, what is there is known. */
async function baseline(): Promise<void> {
  await expect.poll(() => fake.watches.length, { timeout: 4_000 }).toBe(1);
  const known = () => [...backend.store.integrations.values()].some(({ sources }) => sources.size > 0);
  await expect.poll(known, { timeout: 4_000 }).toBe(true);
}

describe('the connector', () => {
  it('tells what changes behind the first start, by the environment of the namespace', async () => {
    for (const namespace of ['shop', 'qa-shop', 'scratch']) {
      store.create({ kind: 'Namespace', metadata: { name: namespace } });
      store.create(deployment(namespace, '1.0.0'));
    }
    start({
      environment: 'production',
      environments: { 'qa-*': 'qa' },
      namespaces: { exclude: ['scratch'] },
    });
    await baseline();
    for (const namespace of ['shop', 'qa-shop', 'scratch']) store.update(deployment(namespace, '1.1.0'));
    await expect.poll(told, { timeout: 4_000 }).toEqual([
      { type: 'deployed', project: 'prod/shop', environment: 'production' },
      { type: 'deployed', project: 'prod/qa-shop', environment: 'qa' },
    ]);
  }, 15_000);

  it('tells what has changed while it was away', async () => {
    store.create(deployment('default', '1.0.0'));
    start();
    await baseline();
    await running?.end();
    store.update(deployment('default', '1.1.0'));
    store.compact();
    expect(told()).toEqual([]);
    start();
    await expect
      .poll(told, { timeout: 4_000 })
      .toMatchObject([{ type: 'deployed', project: 'prod/default' }]);
  }, 15_000);
});

describe('the environment', () => {
  it('gives the address and the credential of a single cluster only', () => {
    for (const variable of Object.values(kubernetes.environment ?? {})) {
      if (typeof variable === 'string') throw new Error('it would be meant beside `clusters`, too');
      expect([variable.when({}), variable.when({ clusters: [] })]).toEqual([true, false]);
    }
    expect(Object.keys(kubernetes.environment ?? {})).toEqual(['cluster', 'server', 'token', 'ca']);
  });
});
