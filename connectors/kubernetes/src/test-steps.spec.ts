import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, testContext } from '@painchain/connector-sdk/testing';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KubernetesConfig, readSurroundings } from './config.js';
import { testClusters } from './test-steps.js';
import { FakeApiServer, Store, builtInKinds } from './testing/fake-api-server/index.js';

let fake: FakeApiServer;
let context: TestContext;

beforeEach(async () => {
  fake = await FakeApiServer.start(new Store(Date.now, builtInKinds), { version: 'v1.28.3' });
  context = testContext();
});

afterEach(async () => {
  await context.close();
  await fake.stop();
});

function steps(config: object = {}) {
  const clusters = [{ name: 'prod', server: fake.url, token: 'sesame-token' }];
  return testClusters(KubernetesConfig.parse({ clusters, ...config }), context, readSurroundings({}));
}

describe('trying a configuration', () => {
  it('says which version answers, who it is, and what can be watched', async () => {
    const [reached, identity, kinds, ...more] = await steps();
    expect(reached).toEqual({ name: 'prod', ok: true, detail: `Kubernetes v1.28.3 answers at ${fake.url}.` });
    expect(identity).toMatchObject({ name: 'prod: identity', ok: true });
    expect(identity?.detail).toMatch(/^Its uid is \S+\.$/);
    expect(kinds).toMatchObject({ name: 'prod: kinds', ok: true });
    expect(kinds?.detail).toMatch(/^Can be watched: .*Deployment.* It serves no .*Rollout/);
    expect(more).toEqual([]);
  });

  it('names the rule of each kind that may not be watched, though it may be listed', async () => {
    const rule = { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] };
    fake.tokens = { 'sesame-token': { cluster: [rule] } };
    const found = await steps({ kinds: { include: ['Deployment'] } });
    expect(found.find(({ name }) => name === 'prod: Deployment')).toMatchObject({
      ok: false,
      remedy: expect.stringContaining(
        'apiGroups: ["apps"], resources: ["deployments"], verbs: ["list","watch"]',
      ) as string,
    });
    expect(found.find(({ name }) => name === 'prod: identity')).toMatchObject({
      ok: true,
      remedy: expect.stringContaining('resourceNames: ["kube-system"]') as string,
    });
    expect(found.find(({ name }) => name === 'prod: kinds')?.ok).toBe(false);
  });

  it('tries each cluster, and tells of one that can’t be reached, or is refused, in one step', async () => {
    fake.tokens = {};
    const found = await steps({
      clusters: [
        { name: 'prod', server: fake.url, token: 'sesame-token' },
        { name: 'away', server: 'http://127.0.0.1:1' },
        { name: 'own' },
      ],
    });
    expect(found.map(({ name, ok }) => [name, ok])).toEqual([
      ['prod', false],
      ['away', false],
      ['own', false],
    ]);
    expect(found.every(({ remedy }) => remedy !== undefined)).toBe(true);
    expect(JSON.stringify(found)).not.toContain('sesame');
  });

  it('says where anybody may pass for the server', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'kubernetes' }]);
    const secure = await FakeApiServer.start(new Store(Date.now, builtInKinds), { tls: { key, cert } });
    const dir = mkdtempSync(join(tmpdir(), 'painchain-test-'));
    const kubeconfig = join(dir, 'config');
    const cluster = { server: secure.url, 'insecure-skip-tls-verify': true };
    const config = {
      'current-context': 'x',
      clusters: [{ name: 'x', cluster }],
      users: [{ name: 'x', user: { token: 'sesame-token' } }],
      contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    };
    writeFileSync(kubeconfig, JSON.stringify(config));
    const found = await steps({ clusters: [{ name: 'prod', kubeconfig }] });
    rmSync(dir, { recursive: true });
    await context.close();
    await secure.stop();
    expect(found.find(({ name }) => name === 'prod: encryption')).toMatchObject({
      remedy: expect.stringContaining('insecure-skip-tls-verify') as string,
    });
  });
});
