import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import fc from 'fast-check';
import type { Kind } from '../kinds/kind.js';
import type { FieldManager, Kept, Sighting } from '../translate/facts.js';
import { isObject } from '../translate/json-object.js';
import { cluster, instantAt } from './workload-life.js';

const quiet: JsonObject[] = [
  { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"a":1}' } } },
  { metadata: { annotations: { 'control-plane.example/last-seen': '2026-11-24T10:00:00Z' } } },
  { metadata: { resourceVersion: '77', managedFields: [{ manager: 'x' }] } },
  { metadata: { labels: { 'helm.sh/chart': 'shop-2.0.0' } } },
  { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
];

/** Of each kind, contents that differ from each other, and parts that make none. */
const lives: Record<string, { contents: JsonObject[]; quiet?: JsonObject[]; generation?: boolean }> = {
  ConfigMap: {
    contents: [
      { data: { LOG_LEVEL: 'info' } },
      { data: { LOG_LEVEL: 'debug' } },
      { data: { LOG_LEVEL: 'info', 'app.yaml': 'port: 80\nhost: a\n' } },
      { data: { LOG_LEVEL: 'info', 'app.yaml': 'port: 80\nhost: b\n' } },
      { data: { LOG_LEVEL: 'info', API_TOKEN: 'one' } },
      { data: { LOG_LEVEL: 'info', API_TOKEN: 'two' } },
      { data: { LOG_LEVEL: 'info' }, binaryData: { icon: 'AAAA' } },
      { data: { big: 'x\n'.repeat(5_000) } },
      { data: { big: `${'x\n'.repeat(4_999)}y\n` } },
    ],
  },
  Secret: { contents: [{ data: { key: 'b25l' } }, { data: { key: 'dHdv' } }, { data: {} }] },
  Service: {
    contents: [
      { spec: { type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP' }] } },
      { spec: { type: 'ClusterIP', ports: [{ port: 8080, protocol: 'TCP' }] } },
      {
        spec: {
          type: 'NodePort',
          ports: [
            { name: 'http', port: 80 },
            { name: 'admin', port: 81 },
          ],
        },
      },
    ],
    quiet: [{ spec: { clusterIP: '10.0.0.7', ipFamilies: ['IPv4'] } }],
  },
  Ingress: {
    generation: true,
    contents: ['a.example', 'b.example'].map((host) => ({
      spec: { rules: [{ host, http: { paths: [] } }] },
    })),
  },
  HTTPRoute: {
    generation: true,
    contents: [{ spec: { hostnames: ['a.example'] } }, { spec: { rules: [{}] } }],
  },
  NetworkPolicy: { generation: true, contents: [{ spec: { ingress: [{}] } }, { spec: { ingress: [] } }] },
  ResourceQuota: {
    contents: [{ spec: { hard: { pods: '10' } } }, { spec: { hard: { pods: '20', secrets: '5' } } }],
  },
  ServiceAccount: {
    contents: [{}, { imagePullSecrets: [{ name: 'registry' }] }, { automountServiceAccountToken: false }],
    quiet: [{ secrets: [{ name: 'api-token-x7k2p' }] }],
  },
  ClusterRole: {
    contents: [
      { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
      { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] },
      { rules: [] },
    ],
  },
  RoleBinding: {
    contents: ['ada', 'cleo'].map((name) => ({
      roleRef: { kind: 'Role', name: 'deployer' },
      subjects: [{ kind: 'User', name }],
    })),
  },
  CustomResourceDefinition: {
    generation: true,
    contents: ['string', 'integer'].map((type) => ({
      spec: {
        versions: [
          {
            name: 'v1',
            schema: { openAPIV3Schema: { properties: { spec: { properties: { size: { type } } } } } },
          },
        ],
      },
    })),
  },
  MutatingWebhookConfiguration: {
    generation: true,
    contents: ['Fail', 'Ignore'].map((failurePolicy) => ({
      webhooks: [{ name: 'a.acme.test', failurePolicy, clientConfig: { service: { name: 'hooks' } } }],
    })),
  },
  PersistentVolumeClaim: {
    contents: ['10Gi', '20Gi'].map((storage) => ({ spec: { resources: { requests: { storage } } } })),
    quiet: [{ spec: { volumeName: 'pv-1' } }],
  },
  StorageClass: { contents: [{ parameters: { type: 'gp2' } }, { parameters: { type: 'gp3' } }] },
  PriorityClass: { contents: [{ value: 10 }, { value: 20 }] },
};

export const livingKinds = Object.keys(lives);

/** What an object is made of at one moment: which content, which label, and how much noise. */
export interface Moment {
  content: number;
  label: number;
  noise: number;
}

export const moments: fc.Arbitrary<Moment> = fc.record({
  content: fc.nat(20),
  label: fc.nat(1),
  noise: fc.nat(20),
});

export interface Version {
  object: JsonObject;
  /** What of it was wanted, to tell whether two versions differ. */
  wanted: string;
  managers: FieldManager[];
  at: string;
}

function merged(one: JsonObject, other: JsonObject): JsonObject {
  const result = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = result[name];
    result[name] = isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return result;
}

/** The versions of an object that is written once a second, or several times within one. */
export function versionsOf(name: string, chain: readonly Moment[], perSecond = 1): Version[] {
  const { contents, quiet: own = [], generation: counts } = lives[name] ?? { contents: [] };
  const noises = [{}, ...quiet, ...own];
  let generation = 0;
  let last = '';
  return chain.map(({ content, label, noise }, index) => {
    const wanted = contents[content % contents.length] ?? {};
    const spec = JSON.stringify(wanted);
    if (spec !== last) generation += 1;
    last = spec;
    const metadata = {
      uid: 'uid-c',
      name: 'one',
      namespace: 'shop',
      resourceVersion: String(index),
      creationTimestamp: instantAt(0),
      ...(label > 0 && { labels: { team: 'shop' } }),
      ...(counts === true && { generation }),
    };
    const time = instantAt(Math.floor(index / perSecond));
    const fields = { 'f:data': {}, 'f:spec': {}, 'f:rules': {}, 'f:metadata': { 'f:labels': {} } };
    return {
      object: merged(
        { apiVersion: 'v1', kind: name, metadata, ...wanted },
        noises[noise % noises.length] ?? {},
      ),
      wanted: `${spec} ${label}`,
      managers: [{ manager: 'kubectl-edit', operation: 'Update', time, fields }],
      at: time,
    };
  });
}

/** The events of each version; `compared` when each was found by a look after a while. */
export function toldOf(kind: Kind, versions: readonly Version[], how: 'watched' | 'compared' = 'watched') {
  let before: Kept | null = null;
  let since = instantAt(-60);
  return versions.map(({ object, managers, at }): readonly SourceEvent[] => {
    const after = kind.keep(object as never, before ?? undefined) ?? null;
    const sighting: Sighting = how === 'watched' ? { at } : { at, since };
    const translation = kind.translate({ before, after, managers }, cluster, sighting);
    before = JSON.parse(JSON.stringify(after)) as Kept;
    since = at;
    return translation.kind === 'events' ? translation.events : [];
  });
}
