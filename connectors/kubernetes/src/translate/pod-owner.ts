import { z } from 'zod';
import { type Metadata, type Named, controllerOf } from './metadata.js';

export const PodOwner = z.object({ kind: z.string(), name: z.string() });

/** The letters that the API server makes names of. */
const letters = '[bcdfghjklmnpqrstvwxz2456789]';
const ofDeployment = new RegExp(`^(.+)-${letters}{6,10}-${letters}{5}$`);

/** A CronJob numbers its Jobs by the minutes since 1970, up to 1.20 by the seconds. */
const number = '(?:(?:2[7-9]|3\\d)\\d{6}|1[6-9]\\d{8})';
const ofCronJob = new RegExp(`^(.+)-${number}$`);
/** A number may have no letters but those of a hash. */
const podOfCronJob = new RegExp(`^(.+)-${number}(?:-\\d+)?-${letters}{5}$`);

/** The workload that a pod is one of: past the ReplicaSet to its Deployment, past the Job to its CronJob. */
export function podOwner(metadata: Metadata): Named {
  const { name, namespace, labels } = metadata;
  const owner = controllerOf(metadata);
  // A pod that a file on its node has made is owned by that node.
  if (!owner || owner.kind === 'Node') return { kind: 'Pod', name, namespace };
  if (owner.kind === 'Job') return { ...jobOwner(owner.name), namespace };
  if (owner.kind !== 'ReplicaSet') return { kind: owner.kind, name: owner.name, namespace };
  const rollout = withoutHash(owner.name, labels['rollouts-pod-template-hash']);
  if (rollout !== undefined) return { kind: 'Rollout', name: rollout, namespace };
  const deployment = withoutHash(owner.name, labels['pod-template-hash']);
  if (deployment !== undefined) return { kind: 'Deployment', name: deployment, namespace };
  return { kind: 'ReplicaSet', name: owner.name, namespace };
}

function withoutHash(name: string, hash: string | undefined): string | undefined {
  return hash && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : undefined;
}

function jobOwner(name: string): { kind: string; name: string } {
  const cronJob = ofCronJob.exec(name)?.[1];
  return cronJob === undefined ? { kind: 'Job', name } : { kind: 'CronJob', name: cronJob };
}

/** The workload that a pod is one of, where nothing but the pod’s name is known. */
export function ownerByName(pod: Named): Named {
  const cronJob = podOfCronJob.exec(pod.name)?.[1];
  if (cronJob !== undefined) return { ...pod, kind: 'CronJob', name: cronJob };
  const deployment = ofDeployment.exec(pod.name)?.[1];
  return deployment === undefined ? pod : { ...pod, kind: 'Deployment', name: deployment };
}
