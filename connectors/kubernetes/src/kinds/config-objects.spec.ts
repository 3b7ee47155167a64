import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../cluster/cluster.js';
import { canonical } from '../translate/digest.js';
import type { Kept } from '../translate/facts.js';
import { ingressSpec } from '../translate/ingress-content.js';
import { configObjectKinds } from './config-objects.js';

const options = {
  redact: [],
  noise: () => true,
  secrets: 'off',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
} as const;
const kinds = new Map(configObjectKinds(options).map((kind) => [kind.name, kind]));
const cluster = { name: 'prod', uid: 'cluster-uid' };
const at = '2026-11-24T10:00:00.000Z';

function kept(
  kind: string,
  object: JsonObject,
  before?: Kept,
  loud: readonly string[] = [],
): Kept | undefined {
  const given = configObjectKinds({ ...options, noise: (rule) => !loud.includes(rule) });
  const metadata = { uid: 'uid-c', name: 'one', resourceVersion: '1', ...(object['metadata'] as JsonObject) };
  return given
    .find(({ name }) => name === kind)
    ?.keep({ apiVersion: 'v1', kind, ...object, metadata }, before);
}

describe('the kinds of configuration', () => {
  it('are all watched but Secrets, which have to be asked for', () => {
    const unusual = (secrets: 'off' | 'keys') =>
      configObjectKinds({ ...options, secrets }).flatMap(({ name, usual }) => (usual ? [] : [name]));
    expect(unusual('off')).toEqual(['Secret']);
    expect(unusual('keys')).toEqual([]);
  });

  it('are found by every name that clusters have served them by', () => {
    const served = (name: string) => kinds.get(name)?.resources.map(({ groupVersion }) => groupVersion);
    expect(served('Ingress')).toEqual(['networking.k8s.io/v1', 'networking.k8s.io/v1beta1']);
    expect(served('PodDisruptionBudget')).toEqual(['policy/v1', 'policy/v1beta1']);
  });

  it('an Ingress is kept alike by whichever version it is served', () => {
    const old = { paths: [{ path: '/', backend: { serviceName: 'api', servicePort: 80 } }] };
    const service = { name: 'api', port: { number: 80 } };
    const fresh = { paths: [{ path: '/', pathType: 'ImplementationSpecific', backend: { service } }] };
    const [beta, stable] = [old, fresh].map((http) =>
      kept('Ingress', { spec: { rules: [{ host: 'a', http }] } }),
    );
    expect(beta).toEqual(stable);
  });
});

describe('an edit that is watched', () => {
  it.each([
    ['when its author wrote it', '2026-11-24T09:59:58Z', '2026-11-24T09:59:58Z'],
    ['when it was seen, where the owner of the field wrote long before', '2026-11-23T08:00:00Z', at],
  ])('happened %s', (_, time, timestamp) => {
    const [before, after] = ['info', 'debug'].map((LEVEL) => kept('ConfigMap', { data: { LEVEL } }) ?? null);
    const managers = [
      { manager: 'helm', operation: 'Update', time, fields: { 'f:data': { 'f:LEVEL': {} } } },
    ];
    const step = { before: before ?? null, after: after ?? null, managers };
    expect(kinds.get('ConfigMap')?.translate(step, cluster, { at })).toMatchObject({
      events: [{ timestamp, actor: 'Helm' }],
    });
  });
});

describe('noise', () => {
  const noted = (annotations: JsonObject) => ({ metadata: { annotations } });
  const crd = { spec: { conversion: { webhook: { clientConfig: { caBundle: 'a' } } } } };
  it.each<[string, string, JsonObject, JsonObject]>([
    ['bookkeeping', 'Service', {}, noted({ 'kubectl.kubernetes.io/last-applied-configuration': '{}' })],
    ['bookkeeping', 'Role', {}, { metadata: { managedFields: [{ manager: 'x' }], resourceVersion: '2' } }],
    ['status_only', 'Service', {}, { status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }],
    ['status_only', 'ResourceQuota', {}, { status: { used: { pods: '3' } } }],
    ['defaults', 'Service', {}, { spec: { clusterIP: '10.0.0.1', ipFamilies: ['IPv4'] } }],
    ['service_account_tokens', 'ServiceAccount', {}, { secrets: [{ name: 'api-token-x7k2p' }] }],
    ['volume_binding', 'PersistentVolumeClaim', { spec: {} }, { spec: { volumeName: 'pv-1' } }],
    ['volume_binding', 'PersistentVolume', {}, noted({ 'pv.kubernetes.io/bound-by-controller': 'yes' })],
    ['volume_binding', 'PersistentVolume', { spec: {} }, { spec: { claimRef: { name: 'data' } } }],
    [
      'aggregated_roles',
      'ClusterRole',
      { aggregationRule: {} },
      { aggregationRule: {}, rules: [{ verbs: ['get'] }] },
    ],
    [
      'ca_bundles',
      'ValidatingWebhookConfiguration',
      { webhooks: [{ clientConfig: {} }] },
      { webhooks: [{ clientConfig: { caBundle: 'a' } }] },
    ],
    [
      'ca_bundles',
      'CustomResourceDefinition',
      { spec: { conversion: { webhook: { clientConfig: {} } } } },
      crd,
    ],
    ['controller_notes', 'Ingress', {}, noted({ 'ingress.kubernetes.io/backends': '{"a":"HEALTHY"}' })],
    ['release_labels', 'Service', {}, { metadata: { labels: { 'helm.sh/chart': 'shop-1.2.3' } } }],
  ])('of the rule %s leaves a %s as it is kept', (rule, kind, before, after) => {
    const was = kept(kind, before);
    const [quiet, loud] = [kept(kind, after, was), kept(kind, after, was, [rule])];
    const content = (of: Kept | undefined) => canonical([of?.['content'] ?? null, of?.['metadata'] ?? null]);
    expect(content(quiet)).toBe(content(was));
    const isSwitchable =
      !['status_only', 'bookkeeping'].includes(rule) || (kind === 'Service' && rule === 'bookkeeping');
    expect(content(loud) === content(quiet)).toBe(!isSwitchable);
  });

  it.each<[string, string, JsonObject]>([
    ['root_ca', 'ConfigMap', { metadata: { name: 'kube-root-ca.crt' } }],
    ['leader_election', 'ConfigMap', noted({ 'control-plane.alpha.kubernetes.io/leader': '{}' })],
    ['generated_configs', 'ConfigMap', { metadata: { name: 'istio-ca-root-cert' } }],
    ['service_account_tokens', 'Secret', { type: 'kubernetes.io/service-account-token' }],
  ])('of the rule %s is a whole %s, counted when it comes and goes', (rule, kind, object) => {
    const of = kept(kind, object) ?? null;
    const tell = (before: Kept | null, after: Kept | null) =>
      kinds.get(kind)?.translate({ before, after, managers: [] }, cluster, { at });
    expect(tell(null, of)).toEqual({ kind: 'ignored', reason: rule });
    expect(tell(of, null)).toEqual({ kind: 'ignored', reason: rule });
    expect(tell(null, kept(kind, object, undefined, [rule]) ?? null)).toMatchObject({ kind: 'events' });
  });

  it('ends where a lock is given something to hold', () => {
    const leader = noted({ 'control-plane.alpha.kubernetes.io/leader': '{}' });
    const lock = kept('ConfigMap', leader) ?? null;
    const config = kept('ConfigMap', { ...leader, data: { LEVEL: 'info' } }, lock ?? undefined) ?? null;
    const tell = (before: Kept | null, after: Kept | null) =>
      kinds.get('ConfigMap')?.translate({ before, after, managers: [] }, cluster, { at });
    expect(tell(lock, config)).toMatchObject({ events: [{ title: 'ConfigMap one edited: LEVEL added' }] });
    expect(tell(config, lock)).toMatchObject({ events: [{ title: 'ConfigMap one edited: LEVEL removed' }] });
    expect(tell(lock, lock)).toEqual({ kind: 'ignored', reason: 'leader_election' });
  });
});

const recorded = new URL(
  '../../../../../shared/data/kubernetes/manifest-history-oss-prow.ndjson.gz',
  import.meta.url,
);

interface Row {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

describe.skipIf(!existsSync(recorded))('the recorded history of a tree of manifests', () => {
  // A suite that is skipped is read, too.
  const lines = existsSync(recorded) ? gunzipSync(readFileSync(recorded)).toString('utf8').trim() : '[]';
  const rows = lines.split('\n').map((line) => JSON.parse(line) as Row);

  interface Known {
    uid: string;
    object: KubernetesObject;
    kept: Kept;
  }

  /** What is told of each row, and whether something should be. The same manifest may stand in several files. */
  function* replay(): Generator<{
    object: KubernetesObject;
    isChange: boolean;
    events: readonly SourceEvent[];
  }> {
    const last = new Map<string, Known>();
    for (const [index, { type, object }] of rows.entries()) {
      const kind = kinds.get(object.kind);
      if (!kind) continue;
      const path = `${kind.name}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
      const before = last.get(path);
      const uid = before?.uid ?? `${path}/${index}`;
      const given = { ...object, metadata: { ...object.metadata, uid } };
      const after = type === 'DELETED' ? null : (kind.keep(given, before?.kept) ?? null);
      if (after) last.set(path, { uid, object, kept: after });
      else last.delete(path);
      const step = { before: before?.kept ?? null, after, managers: [] };
      const translation = kind.translate(step, cluster, { at });
      const isChange =
        before && after ? wantedOf(before.object) !== wantedOf(object) : Boolean(before ?? after);
      yield { object, isChange, events: translation.kind === 'events' ? translation.events : [] };
    }
  }

  const wantedOf = ({ metadata, ...content }: KubernetesObject) => {
    const { labels, annotations } = metadata as JsonObject;
    // A manifest that is written for another version of the API may say the same.
    const spec = content.kind === 'Ingress' ? ingressSpec(content['spec'] as JsonObject) : content['spec'];
    return canonical([labels ?? {}, annotations ?? {}, { ...content, spec: spec ?? null, apiVersion: null }]);
  };

  it('gives one event for each object that comes, goes or is written with other content, and no other', () => {
    const steps = [...replay()];
    expect(steps.length).toBeGreaterThan(200);
    for (const { object, isChange, events } of steps) {
      expect([object, events.length]).toEqual([object, Number(isChange)]);
    }
    const keys = steps.flatMap(({ events }) => events.map(({ key_parts: parts }) => parts.join('|')));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
