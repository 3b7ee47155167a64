import type { JsonObject, JsonValue, SourceEvent } from '@painchain/connector-sdk';
import fc from 'fast-check';
import type { KubernetesObject } from '../cluster/cluster.js';
import { keepWorkload } from '../translate/kept-workload.js';
import type { FieldManager, Kept, Sighting } from '../translate/facts.js';
import { translateWorkload } from '../translate/workload.js';

export const cluster = { name: 'prod', uid: 'cluster-uid', environment: 'production' };
export const allNoise = () => true;

export function instantAt(seconds: number): string {
  return new Date(Date.parse('2026-11-24T10:00:00Z') + seconds * 1_000).toISOString();
}

/** What of a workload is edited in a chain of edits. */
export interface Wanted {
  image: string;
  sidecar: string;
  level: string;
  replicas: number;
  paused: boolean;
  surge: number;
  restartedAt: string;
  label: string;
}

export const firstWanted: Wanted = {
  image: 'ghcr.io/acme/api:1.0.0',
  sidecar: 'envoy:1',
  level: 'info',
  replicas: 2,
  paused: false,
  surge: 1,
  restartedAt: '',
  label: 'a',
};

/** One edit of one field or several, or of none. */
export const edits: fc.Arbitrary<Partial<Wanted>> = fc.record(
  {
    image: fc.constantFrom('ghcr.io/acme/api:1.0.0', 'ghcr.io/acme/api:1.1.0', 'ghcr.io/acme/api:2.0.0'),
    sidecar: fc.constantFrom('envoy:1', 'envoy:2'),
    level: fc.constantFrom('info', 'debug'),
    replicas: fc.integer({ min: 0, max: 4 }),
    paused: fc.boolean(),
    surge: fc.constantFrom(1, 2),
    restartedAt: fc.constantFrom('', '2026-11-24T09:00:00Z', '2026-11-24T09:30:00Z'),
    label: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: [] },
);

export function specOf(wanted: Wanted): JsonObject {
  const annotations = wanted.restartedAt && { 'kubectl.kubernetes.io/restartedAt': wanted.restartedAt };
  return {
    replicas: wanted.replicas,
    ...(wanted.paused && { paused: true }),
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: wanted.surge } },
    template: {
      metadata: { labels: { app: 'api' }, ...(annotations && { annotations }) },
      spec: {
        containers: [
          { name: 'api', image: wanted.image, env: [{ name: 'LOG_LEVEL', value: wanted.level }] },
          { name: 'proxy', image: wanted.sidecar },
        ],
      },
    },
  };
}

/** One version of a Deployment, with what the API server adds. */
export interface Version {
  object: KubernetesObject;
  managers: FieldManager[];
  /** When it was written. */
  at: string;
}

const specFields: JsonObject = {
  'f:metadata': { 'f:labels': { 'f:team': {} } },
  'f:spec': { 'f:replicas': {}, 'f:paused': {}, 'f:strategy': {}, 'f:template': {} },
};

export function versionOf(wanted: Wanted, generation: number, seconds: number, status?: JsonValue): Version {
  const at = instantAt(seconds);
  return {
    at,
    managers: [{ manager: 'kubectl-edit', operation: 'Update', time: at, fields: specFields }],
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        uid: 'uid-1',
        name: 'api',
        namespace: 'shop',
        resourceVersion: String(seconds),
        generation,
        creationTimestamp: instantAt(0),
        labels: { app: 'api', team: wanted.label },
      },
      spec: specOf(wanted),
      ...(status !== undefined && { status }),
    },
  };
}

/** The versions that a chain of edits makes: each a minute later, of another generation where the spec differs. */
export function versionsOf(chain: readonly Partial<Wanted>[]): Version[] {
  let wanted = firstWanted;
  let generation = 1;
  const versions = [versionOf(wanted, generation, 0)];
  chain.forEach((edit, index) => {
    const next = { ...wanted, ...edit };
    if (JSON.stringify(specOf(next)) !== JSON.stringify(specOf(wanted))) generation += 1;
    wanted = next;
    versions.push(versionOf(wanted, generation, (index + 1) * 60));
  });
  return versions;
}

/** What is told of versions that are seen one after the other: by a watch, or each by a comparison. */
export function toldOf(
  versions: readonly Version[],
  how: 'watched' | 'compared' = 'watched',
): SourceEvent[][] {
  let before: Kept | undefined;
  let since: string | undefined;
  return versions.map(({ object, managers, at }) => {
    const after = keepWorkload('Deployment', object, allNoise, before) ?? null;
    const sighting: Sighting = how === 'compared' && since !== undefined ? { at, since } : { at };
    const translation = translateWorkload(
      'Deployment',
      { before: before ?? null, after, managers },
      cluster,
      sighting,
    );
    before = after ?? undefined;
    since = at;
    return translation.kind === 'events' ? translation.events : [];
  });
}
