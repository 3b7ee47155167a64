import type { Chance } from '@painchain/connector-sdk/testing';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '@painchain/connector-sdk';
import type { Store, Written } from '../fake-api-server/index.js';
import { pretend, telling } from '../pretend-objects.js';

/** One thing that somebody does to an object. */
export interface Deed {
  type: 'put' | 'delete';
  object: Written;
}

// Recorded data of a public project, beside the repository where it is there at all.
const recorded = new URL(
  '../../../../../../shared/data/kubernetes/manifest-history-oss-prow.ndjson.gz',
  import.meta.url,
);
export const isRecorded = existsSync(recorded);

/** Of those that are recorded, the kinds that a cluster serves without anything being installed, and that are watched. */
const watched = new Set([
  'CustomResourceDefinition',
  'Deployment',
  'Service',
  'Ingress',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'CronJob',
]);

interface Row {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: Written;
}

/** Some years of a production cluster's manifests, version by version. */
export function recordedHistory(): Deed[] {
  const rows = gunzipSync(readFileSync(recorded)).toString().trim().split('\n');
  return rows
    .map((row) => JSON.parse(row) as Row)
    .filter(({ object }) => watched.has(object.kind))
    .map(({ type, object }): Deed => ({ type: type === 'DELETED' ? 'delete' : 'put', object }));
}

/** Some objects of each kind that come, change and go. What is changed is taken back now and then. */
export function generatedHistory(chance: Chance, length: number): Deed[] {
  return Array.from({ length }, (_, step) => {
    const version = chance.happens(0.3) ? `1.${chance.below(3)}.0` : `2.${step}.0`;
    const object = pretend(chance.pick(telling), chance.below(12), version);
    if (object.kind === 'Deployment') (object.spec as JsonObject).replicas = chance.below(3);
    return { type: chance.happens(0.07) ? 'delete' : 'put', object };
  });
}

/** Writes to an object what is no change: a controller's notes, which nobody wants to hear of. */
export function makeNoise(store: Store, object: Written, chance: Chance, time: string): void {
  const manager = 'kube-controller-manager';
  const annotate = (name: string) => {
    const annotations = { ...(object.metadata.annotations as JsonObject | undefined), [name]: time };
    store.update({ ...object, metadata: { ...object.metadata, annotations } }, { manager });
  };
  const conditions = [{ type: 'Progressing', status: 'True', lastUpdateTime: time }];
  // A ConfigMap by which a leader is elected is nothing else.
  const elect = () => object.kind !== 'ConfigMap' && annotate('control-plane.alpha.kubernetes.io/leader');
  chance.pick([
    elect,
    () => annotate('kubectl.kubernetes.io/last-applied-configuration'),
    () => annotate('deployment.kubernetes.io/revision'),
    () => store.update({ ...object, status: { conditions } }, { manager, subresource: 'status' }),
  ])();
}
