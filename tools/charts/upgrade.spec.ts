import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { PretendCluster, immutablePartsOf } from './testing/pretend-cluster.js';
import {
  type Manifest,
  find,
  hasHelm,
  helmIn,
  needsHelm,
  render,
  runHelm,
  scenarios,
} from './testing/render.js';

/** What a later version can't change without losing data or being refused. */
function fixedPointsOf(manifests: readonly Manifest[]): Record<string, unknown> {
  const kept = manifests.filter(({ kind }) =>
    /^(Deployment|StatefulSet|PersistentVolumeClaim|Secret)$/.test(kind),
  );
  const own = ({ kind, data = {}, metadata, ...rest }: Manifest) =>
    kind === 'Secret'
      ? { keys: Object.keys(data), kept: metadata.annotations?.['helm.sh/resource-policy'] ?? 'no' }
      : immutablePartsOf({ kind, metadata, ...rest });
  return Object.fromEntries(kept.map((one) => [`${one.kind} ${one.metadata.name}`, own(one)]));
}

describe('what an upgrade can’t change', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it('is as it was in version 2.0.0', async () => {
    const points = scenarios.map(([chart, values]) => [values, fixedPointsOf(render(chart, { values }))]);
    await expect(stringify(Object.fromEntries(points))).toMatchFileSnapshot('fixed-points-of-2.0.0.txt');
  });
});

describe('a release', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  const folder = mkdtempSync(join(tmpdir(), 'painchain-charts-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const next = join(folder, 'painchain-2.1.0.tgz');
  const chart = 'charts/painchain';
  let cluster = new PretendCluster();

  beforeAll(() => {
    if (!hasHelm) return;
    const versions = ['--version', '2.1.0', '--app-version', '2.1.0'];
    const { status, stderr } = runHelm(['package', chart, '--destination', folder, ...versions]);
    if (status !== 0) throw new Error(stderr);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    cluster = new PretendCluster();
    const server = await cluster.start();
    const context = { cluster: 'pretend', user: 'nobody' };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'pretend', cluster: { server } }],
      users: [{ name: 'nobody', user: {} }],
      contexts: [{ name: 'pretend', context }],
      'current-context': 'pretend',
    };
    writeFileSync(kubeconfig, stringify(config));
  });
  afterEach(() => cluster.stop());

  const helm = (...args: string[]) => helmIn(kubeconfig, ...args);
  const secrets = () =>
    Object.fromEntries(
      cluster
        .all()
        .filter(({ kind }) => kind === 'Secret')
        .map(({ metadata, data }) => [metadata.name, data]),
    );

  it('keeps its keys, its password and its volumes over an upgrade to the next version', async () => {
    await helm('install', 'painchain', chart, '--set', 'kubernetes-connector.enabled=true');
    const before = secrets();
    const key = Buffer.from(before['painchain-secret-key']?.['secret-key'] ?? '', 'base64').toString();
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(Object.keys(before)).toHaveLength(3);
    const volumes = () =>
      cluster
        .all()
        .filter(({ kind }) => kind === 'PersistentVolumeClaim')
        .map(({ spec }) => spec);
    const claimed = volumes();
    const database = () => find(cluster.all(), 'StatefulSet').spec;
    const databaseBefore = database();
    expect(claimed).toHaveLength(1);

    const values = ['--set', 'kubernetes-connector.enabled=true,replicas=3,git-connector.enabled=true'];
    await helm('upgrade', 'painchain', next, ...values);
    expect(secrets()).toEqual(before);
    expect(volumes()).toEqual(expect.arrayContaining(claimed));
    // Another version of the chart is no reason to start the database anew.
    expect(database()).toEqual(databaseBefore);
    const backend = find(cluster.all(), 'Deployment', 'painchain-backend');
    expect(backend.metadata.labels?.['helm.sh/chart']).toBe('painchain-2.1.0');
    expect(backend.spec).toMatchObject({ replicas: 3 });
    await helm('rollback', 'painchain', '1');
    expect(secrets()).toEqual(before);
  });

  it('leaves behind what opens its data when it is removed, and finds that when it comes back', async () => {
    await helm('install', 'painchain', chart);
    const { 'painchain-connector-key': connector, ...kept } = secrets();
    await helm('uninstall', 'painchain');
    expect(secrets()).toEqual(kept);
    expect(Object.keys(kept).sort()).toEqual(['painchain-db', 'painchain-secret-key']);
    await helm('install', 'painchain', chart);
    expect(secrets()).toMatchObject(kept);
    expect(secrets()['painchain-connector-key']).not.toEqual(connector);
  });

  it('never has another key put in place of its own by who can’t see it', async () => {
    await helm('install', 'painchain', chart);
    const before = secrets();
    const rendered = find(render(chart), 'Secret', 'painchain-secret-key');
    expect(rendered.data).not.toEqual(before['painchain-secret-key']);
    expect(await cluster.apply(rendered)).toBe(422);
    expect(secrets()).toEqual(before);
  });
});
