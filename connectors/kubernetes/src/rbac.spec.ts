import { readFileSync } from 'node:fs';
import { type TestContext, testContext } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type Rule, groupOf, identityRule, ruleOf } from './cluster/rule.js';
import { KubernetesConfig, readSurroundings } from './config.js';
import type { Kind } from './kinds/kind.js';
import { testClusters } from './test-steps.js';
import { FakeApiServer, Store } from './testing/fake-api-server/index.js';
import { watchedKinds } from './watched-kinds.js';

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: Rule[];
  roleRef?: { kind: string; name: string };
}

function manifests(file: string): Manifest[] {
  const text = readFileSync(new URL(`../rbac/${file}`, import.meta.url), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

/** Each right by itself, so that it makes no difference how rules are put together. */
function rightsOf(rules: readonly Rule[]): string[] {
  const rights = rules.flatMap(({ apiGroups, resources, resourceNames = ['any'], verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        resourceNames.flatMap((name) => verbs.map((verb) => `${verb} ${resource}.${group} ${name}`)),
      ),
    ),
  );
  return rights.sort();
}

function needed(kinds: readonly Kind[], ...more: Rule[]): string[] {
  const rules = kinds.flatMap(({ resources }) => resources.map(ruleOf));
  return [...new Set(rightsOf([...rules, ...more]))];
}

const rulesOf = (file: string, kind: string, namespace?: string) =>
  manifests(file).flatMap((one) =>
    one.kind === kind && one.metadata.namespace === namespace ? (one.rules ?? []) : [],
  );

const usual = KubernetesConfig.parse({});
const inCluster = watchedKinds(usual, { scope: 'cluster' });
const inNamespaces = watchedKinds(usual, { scope: 'namespaces' });

describe('the manifests', () => {
  it('give in a cluster exactly what the usual kinds need, and the identity', () => {
    expect(rightsOf(rulesOf('cluster.yaml', 'ClusterRole'))).toEqual(needed(inCluster, identityRule).sort());
  });

  it('give in a namespace exactly what its kinds need, and in kube-system the identity', () => {
    expect(rightsOf(rulesOf('namespaced.yaml', 'Role', 'shop'))).toEqual(needed(inNamespaces).sort());
    expect(rightsOf(rulesOf('namespaced.yaml', 'Role', 'kube-system'))).toEqual(rightsOf([identityRule]));
  });

  it('give Secrets by themselves, for who asks for them', () => {
    const asked = KubernetesConfig.parse({ secrets: 'keys', helm: 'payload' });
    const more = watchedKinds(asked, { scope: 'cluster' }).filter(
      ({ name }) => !inCluster.some((kind) => kind.name === name),
    );
    const rights = rightsOf(rulesOf('secrets.yaml', 'ClusterRole'));
    expect(rights).toEqual(['list secrets. any', 'watch secrets. any']);
    expect(new Set([...rights, ...needed(more)])).toEqual(new Set(rights));
    expect(needed(inCluster)).not.toContain('list secrets. any');
  });

  it.each(['cluster.yaml', 'namespaced.yaml', 'secrets.yaml'])(
    '%s binds each of its roles and has no star',
    (file) => {
      const roles = manifests(file).filter(({ kind }) => kind.endsWith('Role'));
      const bound = manifests(file).flatMap(({ roleRef }) =>
        roleRef ? [`${roleRef.kind} ${roleRef.name}`] : [],
      );
      expect(bound).toEqual(roles.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
      expect(JSON.stringify(roles)).not.toContain('*');
    },
  );
});

describe('a connector with these rights', () => {
  let fake: FakeApiServer;
  let context: TestContext;

  beforeEach(async () => {
    fake = await FakeApiServer.start(new Store());
    context = testContext();
  });

  afterEach(async () => {
    await context.close();
    await fake.stop();
  });

  const steps = (cluster: object = {}, config: object = {}) => {
    const clusters = [{ name: 'prod', server: fake.url, token: 'sesame', ...cluster }];
    return testClusters(KubernetesConfig.parse({ clusters, ...config }), context, readSurroundings({}));
  };

  it('may do all that it does, in a cluster and in a namespace', async () => {
    fake.tokens = { sesame: { cluster: rulesOf('cluster.yaml', 'ClusterRole') } };
    expect((await steps()).filter(({ ok, remedy }) => !ok || remedy !== undefined)).toEqual([]);
    const shop = rulesOf('namespaced.yaml', 'Role', 'shop');
    const system = rulesOf('namespaced.yaml', 'Role', 'kube-system');
    fake.tokens = { sesame: { cluster: [], namespaces: { shop, 'kube-system': system } } };
    const within = await steps({ scope: 'namespaces', namespaces: { include: ['shop'] } });
    expect(within.filter(({ ok, remedy }) => !ok || remedy !== undefined)).toEqual([]);
  });

  it('uses each of them: without one, it says which is missing', async () => {
    const rules = rulesOf('cluster.yaml', 'ClusterRole');
    const served = (await steps()).find(({ name }) => name === 'prod: kinds')?.detail ?? '';
    for (const kind of inCluster.filter(({ name }) => served.split('It serves')[0]?.includes(name))) {
      const { groupVersion, plural } = kind.resources[0]!;
      const without = rules.map((rule) =>
        rule.apiGroups.includes(groupOf(groupVersion)) && rule.verbs.includes('list')
          ? { ...rule, resources: rule.resources.filter((resource) => resource !== plural) }
          : rule,
      );
      fake.tokens = { sesame: { cluster: without } };
      const include = [kind.name];
      const failed = (await steps({}, { kinds: { include } })).filter(({ ok }) => !ok);
      expect(failed.map(({ name }) => name)).toContain(`prod: ${kind.name}`);
      expect(failed.at(-1)?.remedy).toContain(`resources: ["${plural}"]`);
    }
  });
});
