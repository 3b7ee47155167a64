import { configSchemaOf } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import {
  KubernetesConfig,
  clustersOf,
  environmentOf,
  isOwn,
  isWatched,
  loudRules,
  pemOf,
  readSurroundings,
} from './config.js';

function faultsOf(config: object): string[] {
  const issues = KubernetesConfig.safeParse(config).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const server = 'https://api.prod.acme.test:6443';

describe('the configuration', () => {
  it('may be empty: the cluster that the connector runs in, under a name of its own', () => {
    const config = KubernetesConfig.parse({});
    expect(clustersOf(config)).toMatchObject([{ name: 'cluster', scope: 'cluster' }]);
    expect(clustersOf(config).map(isOwn)).toEqual([true]);
    expect(config).toMatchObject({ secrets: 'off', helm: 'off', autoscaling: { minutes: 10 } });
    expect(loudRules(config)).toEqual([]);
    const [byVariables] = clustersOf(KubernetesConfig.parse({ cluster: 'prod', server, token: 't' }));
    expect(byVariables).toMatchObject({ name: 'prod', server, token: 't' });
  });

  it('takes several clusters, each by its own way', () => {
    const clusters = [
      { name: 'own', in_cluster: true },
      { name: 'laptop', context: 'kind' },
      { name: 'prod', server, token: 't', ca: '-----BEGIN CERTIFICATE-----\nMII' },
    ];
    expect(faultsOf({ clusters })).toEqual([]);
  });

  it('takes an authority as a kubeconfig has it, too', () => {
    const ca = '-----BEGIN CERTIFICATE-----\nMII';
    const base64 = Buffer.from(ca).toString('base64');
    expect(faultsOf({ clusters: [{ name: 'prod', server, ca: base64 }] })).toEqual([]);
    expect([ca, base64].map(pemOf)).toEqual([ca, ca]);
  });

  it.each([
    [{ clusters: [{ name: 'a/b' }] }, 'clusters.0.name: is no name: leave out slashes and spaces'],
    [
      { clusters: [{ name: 'a', in_cluster: true, server }] },
      'clusters.0: needs one of `in_cluster`, `kubeconfig` and `server`, not several',
    ],
    [
      { clusters: [{ name: 'a', kubeconfig: '/k', server }] },
      'clusters.0: needs one of `in_cluster`, `kubeconfig` and `server`, not several',
    ],
    [{ clusters: [{ name: 'a', in_cluster: false }] }, 'clusters.0: needs `kubeconfig` or `server`'],
    [{ clusters: [{ name: 'a', token: 't' }] }, 'clusters.0.token: needs `server`, which it is for'],
    [{ token: 't' }, 'token: needs `server`, which it is for'],
    [{ clusters: [{ name: 'a', server }], token: 't' }, 'token: stands beside `clusters`: put it there'],
    [
      { clusters: [{ name: 'a', server, ca: 'no PEM' }] },
      'clusters.0.ca: is no certificate: give it as PEM, or as base64 of it',
    ],
    [
      { clusters: [{ name: 'a', server: 'https://user:word@api.acme.test' }] },
      'clusters.0.server: must hold no password, token, question or fragment: put the token in `token`',
    ],
    [
      { clusters: [{ name: 'a', server, scope: 'namespaces' }] },
      'clusters.0.namespaces.include: is required with `scope: namespaces`',
    ],
    [
      { clusters: [{ name: 'a', server, scope: 'namespaces', namespaces: { include: ['shop-*'] } }] },
      'clusters.0.namespaces.include.0: must be a name, not a pattern, with `scope: namespaces`',
    ],
    [
      {
        clusters: [
          { name: 'a', server },
          { name: 'a', context: 'b' },
        ],
      },
      'clusters.1: stands there twice: a',
    ],
    [
      { clusters: [{ name: 'a' }, { name: 'b', in_cluster: true }] },
      'clusters: has several that the connector would run in: give `kubeconfig` or `server` to all but one',
    ],
    [{ noise: { no_such_rule: false } }, 'noise: Unrecognized key: "no_such_rule"'],
    [{ kinds: { include: ['Release'] } }, 'helm: must be `labels` or `payload` to watch the kind Release'],
    [{ kinds: { include: ['Deploymnet'] } }, 'kinds.include.0: is no kind that is known: Deploymnet'],
  ])('%j is refused', (config, fault) => {
    expect(faultsOf(config).map((text) => text.slice(0, fault.length))).toContain(fault);
  });

  it('tells all faults at once', () => {
    expect(faultsOf({ clusters: [{ name: 'a', token: 't', ca: 'x' }], server, redact: [''] })).toHaveLength(
      5,
    );
  });

  it('shows everything but tokens and authorities', () => {
    const sealed: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string) => {
      if ((schema['x-painchain'] as { public?: boolean } | undefined)?.public === true) return;
      const inside = {
        ...(schema.properties as object | undefined),
        ...(schema.items ? { '*': schema.items } : {}),
      };
      const entries = Object.entries(inside);
      if (entries.length === 0) sealed.push(path);
      for (const [name, next] of entries) walk(next as Record<string, unknown>, `${path}.${name}`);
    };
    walk(configSchemaOf(KubernetesConfig), '');
    expect(sealed).toEqual(['.clusters.*.token', '.clusters.*.ca', '.token', '.ca']);
  });
});

describe('what is watched', () => {
  it('is what include means and exclude does not, and what is in no namespace', () => {
    const cluster = { namespaces: { include: ['shop-*'], exclude: ['*-test'] } };
    const names = ['shop-api', 'shop-test', 'other', undefined];
    expect(names.map((name) => isWatched(cluster, name))).toEqual([true, false, false, true]);
    expect(isWatched({ namespaces: {} }, 'any')).toBe(true);
  });

  it('is of the first environment whose pattern fits, else of the cluster’s', () => {
    const cluster = { environment: 'production', environments: { 'staging-*': 'staging', '*-qa': 'qa' } };
    const names = ['staging-qa', 'shop-qa', 'shop', undefined];
    expect(names.map((name) => environmentOf(cluster, name))).toEqual([
      'staging',
      'qa',
      'production',
      'production',
    ]);
    expect(environmentOf({}, 'shop')).toBeUndefined();
  });

  it('lets rules of noise be switched off', () => {
    expect(loudRules(KubernetesConfig.parse({ noise: { heartbeats: false, revision: true } }))).toEqual([
      'heartbeats',
    ]);
  });
});

describe('the surroundings', () => {
  it('say where the pod and the kubeconfig are', () => {
    expect(readSurroundings({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBECONFIG: '/k' })).toMatchObject({
      allowLocal: true,
      pod: { host: '10.0.0.1' },
      kubeconfig: '/k',
    });
    expect(readSurroundings({}).kubeconfig).toMatch(/\.kube.config$/);
  });

  it.each([
    ['', true],
    ['true', true],
    ['false', false],
    ['False', false],
    ['no', false],
    ['0', false],
  ])('allow this machine’s credentials by %j: %j', (given, allowed) => {
    expect(readSurroundings({ PAINCHAIN_KUBERNETES_LOCAL: given }).allowLocal).toBe(allowed);
  });
});
