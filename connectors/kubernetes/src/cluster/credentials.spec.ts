import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ManualClock, testContext } from '@painchain/connector-sdk/testing';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Surroundings, clustersOf, readSurroundings } from '../config.js';
import { FakeApiServer, type Rights, Store } from '../testing/fake-api-server/index.js';
import { inCluster } from './in-cluster.js';
import { openCluster } from './open-cluster.js';

const everything: Rights = { cluster: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] };
const scope = { resource: { groupVersion: 'v1', plural: 'configmaps', namespaced: true } };
const { signal } = new AbortController();

let dir: string;
let fake: FakeApiServer;
let clock: ManualClock;
let context: ReturnType<typeof testContext>;
let shown: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'painchain-kubeconfig-'));
  shown = [];
  fake = await FakeApiServer.start(new Store(), {
    tokens: { 'first-token': everything },
    heard: ({ token }) => shown.push(token),
  });
  clock = new ManualClock(Date.now());
  context = testContext(clock);
});

afterEach(async () => {
  await context.close();
  await fake.stop();
  rmSync(dir, { recursive: true });
});

function file(name: string, content: string): string {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

function kubeconfig(user: object, context = 'prod'): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: context, cluster: { server: fake.url } }],
    users: [{ name: context, user }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
  });
}

/** A plugin that gives the token in a file, and notes that it was asked. */
function plugin(): { exec: object; token: (token: string) => void; asked: () => string } {
  const token = (value: string) => file('token', value);
  const notes = file('asked', '');
  const program = `
    const { appendFileSync, readFileSync } = require('node:fs');
    const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
    appendFileSync(${JSON.stringify(notes)}, info.apiVersion + '\\n');
    const token = readFileSync(${JSON.stringify(join(dir, 'token'))}, 'utf8');
    if (token === '') { console.error('no-session-secret'); process.exit(1); }
    const status = { token, expirationTimestamp: '2099-01-01T00:00:00Z' };
    console.log(JSON.stringify({ apiVersion: info.apiVersion, kind: 'ExecCredential', status }));`;
  const script = file('plugin.cjs', program);
  const apiVersion = 'client.authentication.k8s.io/v1';
  return {
    exec: { apiVersion, command: process.execPath, args: [script], interactiveMode: 'Never' },
    token,
    asked: () => readFileSync(notes, 'utf8'),
  };
}

function surroundings(over: Partial<Surroundings> = {}): Surroundings {
  return { ...readSurroundings({}), kubeconfig: join(dir, 'config'), ...over };
}

function cluster(config: object, over?: Partial<Surroundings>) {
  const [base] = clustersOf({ cluster: 'prod' });
  return openCluster({ ...base!, ...config }, context, surroundings(over));
}

describe('a kubeconfig', () => {
  it('gives a token, by a context of one of several files', async () => {
    file('one', kubeconfig({ token: 'wrong-token' }, 'staging'));
    file('two', kubeconfig({ token: 'first-token' }));
    const files = [join(dir, 'none'), join(dir, 'one'), join(dir, 'two')].join(delimiter);
    const { list } = await cluster({ context: 'prod' }, { kubeconfig: files }).then((found) => ({
      list: () => found.list(scope, undefined, signal),
    }));
    expect((await list()).objects).toEqual([]);
  });

  it('asks a plugin once for all who begin at the same time, and again when its token is refused', async () => {
    const { exec, token, asked } = plugin();
    token('first-token');
    file('config', kubeconfig({ exec }));
    const prod = await cluster({ kubeconfig: join(dir, 'config') });
    const ask = () => prod.list(scope, undefined, signal);
    await Promise.all([ask(), ask(), ask()]);
    expect(asked()).toBe('client.authentication.k8s.io/v1\n');
    token('second-token');
    fake.tokens = { 'second-token': everything };
    await Promise.all([ask(), ask(), ask()]);
    expect(asked().split('\n')).toHaveLength(3);
    expect(shown.at(-1)).toBe('second-token');
  });

  it('says what to try when a plugin fails, without what it has said', async () => {
    const { exec, token } = plugin();
    token('');
    file('config', kubeconfig({ exec }));
    const prod = await cluster({ kubeconfig: join(dir, 'config') });
    const error: unknown = await prod.list(scope, undefined, signal).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: 'credential-not-given', kind: 'configuration' });
    expect(JSON.stringify(error)).not.toContain('no-session-secret');
    token('first-token');
    expect((await prod.list(scope, undefined, signal)).objects).toEqual([]);
  });

  it.each([
    ['is missing', undefined, {}, 'kubeconfig-not-readable'],
    ['is no YAML', '{', {}, 'kubeconfig-not-readable'],
    [
      'has no such context',
      kubeconfigOf('https://api.acme.test'),
      { context: 'no' },
      'kubeconfig-not-readable',
    ],
    ['names no scheme', kubeconfigOf('api.acme.test:6443'), {}, 'kubeconfig-not-readable'],
    ['needs a proxy', kubeconfigOf('https://api.acme.test', 'socks5://x'), {}, 'proxy-not-supported'],
  ])('that %s is a fault of the configuration', async (_, content, more, code) => {
    if (content !== undefined) file('config', content);
    const opened = cluster({ kubeconfig: join(dir, 'config'), ...more });
    await expect(opened).rejects.toMatchObject({ code, kind: 'configuration' });
  });
});

describe('the address in a kubeconfig', () => {
  it('is shown without a password', async () => {
    file('config', kubeconfigOf('https://admin:sesame@api.acme.test:6443/k8s/'));
    expect((await cluster({ context: 'x' })).server).toBe('https://api.acme.test:6443/k8s');
  });
});

describe('the cluster that the connector runs in', () => {
  const pod = () => ({ host: '10.0.0.1', port: '443', serviceAccount: dir });

  it('is shown the token as it is now, since the kubelet renews it', async () => {
    file('token', 'first-token\n');
    file('ca.crt', 'authority');
    const connection = inCluster(pod());
    expect(connection.server).toBe('https://10.0.0.1:443');
    const [first] = [await connection.credential()];
    file('token', 'second-token\n');
    expect([first, await connection.credential()]).toEqual([
      { headers: { authorization: 'Bearer first-token' }, tls: { ca: 'authority' } },
      { headers: { authorization: 'Bearer second-token' }, tls: { ca: 'authority' } },
    ]);
    expect(inCluster({ ...pod(), host: 'fd00::1' }).server).toBe('https://[fd00::1]:443');
  });

  it('is a fault of the configuration outside of a pod', async () => {
    await expect(cluster({})).rejects.toMatchObject({ code: 'not-in-cluster' });
    await expect(inCluster(pod()).credential()).rejects.toMatchObject({ code: 'not-in-cluster' });
  });
});

describe('where others than the owner of the machine configure', () => {
  it.each([{}, { in_cluster: true }, { kubeconfig: '/etc/kubeconfig' }, { context: 'prod' }])(
    'no credential of the machine is used: %j',
    async (config) => {
      const opened = cluster(config, { ...readSurroundings({ PAINCHAIN_KUBERNETES_LOCAL: 'false' }) });
      await expect(opened).rejects.toMatchObject({ code: 'local-not-allowed', kind: 'configuration' });
    },
  );
});

function kubeconfigOf(server: string, proxy?: string): string {
  const cluster = { server, ...(proxy !== undefined && { 'proxy-url': proxy }) };
  return JSON.stringify({
    'current-context': 'x',
    clusters: [{ name: 'x', cluster }],
    users: [{ name: 'x', user: { token: 't' } }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
  });
}

describe('a server with a certificate of an authority of its own', () => {
  let secure: FakeApiServer;
  let authority: string;

  beforeEach(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'kubernetes' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'kubernetes' }] }],
    });
    secure = await FakeApiServer.start(new Store(), { tls: { key, cert } });
    authority = Buffer.from(cert).toString('base64');
  });
  afterEach(() => secure.stop());

  function trusting(data: string): void {
    const entry = {
      server: secure.url,
      'certificate-authority-data': data,
      'tls-server-name': 'kubernetes',
    };
    const config = kubeconfigOf(secure.url);
    file('config', config.replace(JSON.stringify({ server: secure.url }), JSON.stringify(entry)));
  }
  const ask = async (config: object) => (await cluster(config)).list(scope, undefined, signal);

  it('is trusted with that authority, in a kubeconfig or as `ca`, and not without it', async () => {
    trusting(authority);
    expect((await ask({ context: 'x' })).objects).toEqual([]);
    await expect(ask({ server: secure.url })).rejects.toMatchObject({ code: 'certificate-not-trusted' });
    // Trusted, but by another name than that of its certificate.
    await expect(ask({ server: secure.url, ca: authority })).rejects.toMatchObject({
      code: 'certificate-not-trusted',
      remedy: expect.stringContaining('name') as string,
    });
  });

  it('is trusted as soon as the kubeconfig names the authority, should that be replaced', async () => {
    const { cert } = await generate([{ name: 'commonName', value: 'another' }]);
    trusting(Buffer.from(cert).toString('base64'));
    const prod = await cluster({ context: 'x' });
    await expect(prod.list(scope, undefined, signal)).rejects.toMatchObject({
      code: 'certificate-not-trusted',
    });
    trusting(authority);
    expect((await prod.list(scope, undefined, signal)).objects).toEqual([]);
  });
});
