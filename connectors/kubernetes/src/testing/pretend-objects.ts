import type { JsonObject } from '@painchain/connector-sdk';
import type { Store, Written } from './fake-api-server/index.js';

/** Parts of a cluster by kind, as in one where a few teams work. */
const shares: Record<string, number> = {
  Pod: 0.35,
  ConfigMap: 0.22,
  Deployment: 0.12,
  Service: 0.12,
  Ingress: 0.06,
  ServiceAccount: 0.05,
  Role: 0.04,
  RoleBinding: 0.04,
};
const namespaces = 20;

const labelsOf = (name: string) => ({ app: name, 'app.kubernetes.io/name': name, team: 'shop' });

function container(name: string, version: string): JsonObject {
  return {
    name,
    image: `registry.example/acme/${name}:${version}`,
    args: ['--listen=:8080', '--metrics=:9090'],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: ['LOG_LEVEL', 'REGION', 'CACHE_TTL', 'UPSTREAM'].map((key) => ({
      name: key,
      value: `${key}-of-${name}`,
    })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    livenessProbe: { httpGet: { path: '/live', port: 'http' }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
  };
}

const podSpec = (name: string, version: string): JsonObject => ({
  serviceAccountName: name,
  containers: [container(name, version)],
  terminationGracePeriodSeconds: 30,
});

function workload(name: string, version: string): JsonObject {
  return {
    replicas: 3,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: labelsOf(name) }, spec: podSpec(name, version) },
  };
}

/** What an object of a kind holds. Another `version` is another spec, which must be told. */
const bodies: Record<string, (name: string, version: string) => JsonObject> = {
  Deployment: (name, version) => ({ spec: workload(name, version) }),
  Pod: (name, version) => ({
    spec: { ...podSpec(name, version), nodeName: 'node-1' },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-24T07:00:00Z' }],
      containerStatuses: [{ name, ready: true, restartCount: 0, state: { running: {} } }],
    },
  }),
  ConfigMap: (name, version) => ({
    data: { version, 'application.yaml': `name: ${name}\n${'timeout: 30s\n'.repeat(40)}` },
  }),
  Service: (name, version) => ({
    spec: {
      selector: { app: name, version },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      clusterIP: '10.0.0.1',
      type: 'ClusterIP',
    },
  }),
  ServiceAccount: (_, version) => ({ imagePullSecrets: [{ name: `pull-${version}` }] }),
  Ingress: (name, version) => ({
    spec: {
      ingressClassName: 'nginx',
      rules: [{ host: `${name}-${version}.example`, http: { paths: [{ path: '/', pathType: 'Prefix' }] } }],
    },
  }),
  Role: (_, version) => ({
    rules: [{ apiGroups: [''], resources: ['pods', version], verbs: ['get', 'list'] }],
  }),
  RoleBinding: (name, version) => ({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: `${name}-${version}`, namespace: 'team-0' }],
  }),
};

/** Kinds of which every other version must be told. */
export const telling = ['Deployment', 'ConfigMap', 'Service', 'Ingress', 'Role', 'RoleBinding'] as const;

export function pretend(kind: string, index: number, version: string): Written {
  const name = `${kind.toLowerCase()}-${index}`;
  const metadata = { name, namespace: `team-${index % namespaces}`, labels: labelsOf(name) };
  return { kind, metadata, ...bodies[kind]?.(name, version) };
}

/** How many of a kind there are of so many objects. */
export function shareOf(kind: string, objects: number): number {
  return Math.floor(objects * (shares[kind] ?? 0));
}

/** Fills a cluster with about so many objects. */
export function furnish(store: Store, objects: number): void {
  for (let index = 0; index < namespaces; index += 1)
    store.create({ kind: 'Namespace', metadata: { name: `team-${index}` } });
  for (const kind of Object.keys(shares)) {
    for (let index = 0; index < shareOf(kind, objects); index += 1)
      store.create(pretend(kind, index, '1.0.0'), { manager: 'helm' });
  }
}
