// The Kubernetes connector and a real cluster: `PAINCHAIN_E2E_KUBECONFIG=… npm run test:e2e:kubernetes`. It needs an API
// server and the right to write in a namespace of its own; whether anything runs there makes no difference.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MemoryBackend } from '@painchain/connector-sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RealCluster } from './real-cluster.js';
import { root, until } from './stack.js';

const kubeconfig = process.env.PAINCHAIN_E2E_KUBECONFIG;
const namespace = `painchain-e2e-${Date.now().toString(36)}`;
const home = mkdtempSync(join(tmpdir(), 'painchain-kubernetes-'));
const maps = `/api/v1/namespaces/${namespace}/configmaps`;
const services = `/api/v1/namespaces/${namespace}/services`;
const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;

const labels = { app: 'e2e' };
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'e2e' }, data: { LEVEL: 'info' } };
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'e2e' },
  spec: { selector: labels, ports: [{ port: 80 }] },
};
const container = (tag: string) => ({ name: 'pause', image: `registry.k8s.io/pause:${tag}` });
const podsWith = (tag: string) => ({ metadata: { labels }, spec: { containers: [container(tag)] } });
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'e2e' },
  spec: { replicas: 1, selector: { matchLabels: labels }, template: podsWith('3.9') },
};

let cluster: RealCluster;
let backend: MemoryBackend;
let connector: ChildProcess | undefined;

function startConnector(): void {
  const config = join(home, 'config.yaml');
  writeFileSync(
    config,
    `connector: { type: kubernetes, project: e2e }
config:
  clusters:
    - name: e2e
      kubeconfig: ${JSON.stringify(resolve(kubeconfig ?? ''))}
      namespaces: { include: [${namespace}] }
`,
  );
  connector = spawn(process.execPath, [join(root, 'connectors/kubernetes/dist/index.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PAINCHAIN_API_URL: backend.url,
      PAINCHAIN_API_KEY: backend.key,
      PAINCHAIN_CONFIG: config,
      PAINCHAIN_DATA_DIR: join(home, 'data'),
      PAINCHAIN_HEALTH_PORT: '0',
      PAINCHAIN_LOG_LEVEL: 'warn',
      PAINCHAIN_PARENT_PID: String(process.pid),
    },
  });
}

async function stopConnector(): Promise<void> {
  if (!connector || connector.exitCode !== null) return;
  connector.kill('SIGTERM');
  await once(connector, 'exit');
}

/** Types of what has been told of an object, in order. */
function toldOf(kind: string): string[] {
  const subject = `e2e/${namespace}/${kind}/e2e`;
  return [...backend.store.events.values()]
    .filter((event) => event.subject === subject)
    .map(({ type }) => type ?? '');
}

const isTold = (kind: string, type: string, times = 1) =>
  until(`a ${kind} is told as ${type}`, () => toldOf(kind).filter((told) => told === type).length >= times);

/** Every kind that is written to has been looked at from end to end. */
function isWatched(): boolean {
  const sources = [...backend.store.integrations.values()][0]?.sources;
  return ['configmaps', 'services', 'deployments'].every(
    (plural) => typeof sources?.get(`e2e/${plural}`)?.watermark === 'string',
  );
}

describe.skipIf(kubeconfig === undefined)('a real cluster', () => {
  beforeAll(async () => {
    cluster = RealCluster.open(kubeconfig ?? '');
    backend = await MemoryBackend.start();
    await cluster.create('/api/v1/namespaces', { metadata: { name: namespace } });
    startConnector();
    await until(`all kinds of ${await cluster.version()} are watched`, isWatched);
  });
  afterAll(async () => {
    await stopConnector();
    for (const path of [maps, services, deployments])
      await cluster?.delete(`${path}/e2e`).catch(() => undefined);
    await cluster?.delete(`/api/v1/namespaces/${namespace}`).catch(() => undefined);
    await backend?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('has its objects told from their making to their end, each step once and in order', async () => {
    await cluster.create(maps, map);
    await cluster.create(services, service);
    await cluster.create(deployments, deployment);
    await isTold('configmap', 'object_created');
    await isTold('service', 'object_created');
    await isTold('deployment', 'workload_created');

    await cluster.patch(`${maps}/e2e`, { data: { LEVEL: 'debug' } });
    await cluster.patch(`${services}/e2e`, { spec: { ports: [{ port: 81, protocol: 'TCP' }] } });
    await cluster.patch(`${deployments}/e2e`, { spec: { template: podsWith('3.10') } });
    await isTold('deployment', 'deployed');
    await cluster.patch(`${deployments}/e2e`, { spec: { replicas: 2 } });
    await isTold('configmap', 'object_edited');
    await isTold('service', 'object_edited');
    await isTold('deployment', 'scaled');

    await cluster.delete(`${services}/e2e`);
    await cluster.delete(`${deployments}/e2e`);
    await isTold('service', 'object_deleted');
    await isTold('deployment', 'workload_deleted');
    expect(toldOf('service')).toEqual(['object_created', 'object_edited', 'object_deleted']);
    const ofWorkload = new Set(['workload_created', 'deployed', 'scaled', 'workload_deleted']);
    expect(toldOf('deployment').filter((type) => ofWorkload.has(type))).toEqual([...ofWorkload]);
  });

  it('has nothing told of what is noise, and all that happened while nobody watched', async () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(map) };
    await cluster.patch(`${maps}/e2e`, { metadata: { annotations } });
    await stopConnector();
    await cluster.patch(`${maps}/e2e`, { data: { LEVEL: 'warn' } });
    startConnector();
    await isTold('configmap', 'object_edited', 2);
    await cluster.delete(`${maps}/e2e`);
    await isTold('configmap', 'object_deleted');
    expect(toldOf('configmap')).toEqual([
      'object_created',
      'object_edited',
      'object_edited',
      'object_deleted',
    ]);
  });
});
