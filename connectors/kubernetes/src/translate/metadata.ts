import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import { digestOf } from './digest.js';
import type { ClusterFacts } from './facts.js';
import { type Noise, quietAnnotations } from './noise-rules.js';
import { commitRef, cutText } from './wording.js';

const maxCharacters = 500;

/** Labels and annotations. What is no text is not among them. */
const Texts = z
  .record(z.string(), z.unknown())
  .default({})
  .transform((texts) =>
    Object.fromEntries(
      Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  )
  .catch({});

const Owner = z.object({
  kind: z.string(),
  name: z.string(),
  uid: z.string().optional().catch(undefined),
  controller: z.boolean().optional().catch(undefined),
});
export type Owner = z.output<typeof Owner>;

/** An object’s metadata, of what is used of it: both as the API gives it and as it is kept. */
export const Metadata = z.object({
  uid: z.string(),
  name: z.string(),
  namespace: z.string().optional().catch(undefined),
  generation: z.int().nonnegative().optional().catch(undefined),
  creationTimestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  deletionTimestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  labels: Texts,
  annotations: Texts,
  ownerReferences: z.array(Owner).default([]).catch([]),
});
export type Metadata = z.output<typeof Metadata>;

/** The metadata as it is kept: without noise and without what is empty. Undefined where it can’t be read. */
export function keepMetadata(metadata: unknown, noise: Noise): JsonObject | undefined {
  const { data: read } = Metadata.safeParse(metadata);
  if (!read) return undefined;
  const { uid, name, namespace, generation, creationTimestamp, labels, ownerReferences } = read;
  const annotations = shortened(quietAnnotations(read.annotations, noise));
  return {
    uid,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(generation !== undefined && { generation }),
    ...(creationTimestamp !== undefined && { creationTimestamp }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(ownerReferences.length > 0 && { ownerReferences: ownerReferences.map(keepOwner) }),
  };
}

/** Annotations may be as long as a whole object; that a long one differs is enough to know. */
function shortened(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [
      name,
      value.length <= maxCharacters ? value : `${cutText(value, maxCharacters)} ${digestOf(value)}`,
    ]),
  );
}

/**
 * Whether nobody has changed what an object shall be, whatever its spec looks like: every change is a generation of its
 * own, but an API server that is upgraded shows fields of all objects that it fills in by itself.
 */
export function isSameGeneration(before: Metadata, after: Metadata): boolean {
  return after.generation !== undefined && after.generation === before.generation;
}

function keepOwner({ kind, name, uid, controller }: Owner): JsonObject {
  return { kind, name, ...(uid !== undefined && { uid }), ...(controller !== undefined && { controller }) };
}

/** Who made an object and looks after it: the owner that is its controller, else the only one. */
export function controllerOf({ ownerReferences }: Metadata): Owner | undefined {
  return (
    ownerReferences.find(({ controller }) => controller) ??
    (ownerReferences.length === 1 ? ownerReferences[0] : undefined)
  );
}

/** An object by what it is called, which is enough to say where it is. */
export interface Named {
  /** `Deployment`. */
  kind: string;
  name: string;
  namespace?: string | undefined;
}

/** Where an event of an object stands. */
export interface Place {
  project: string;
  subject: string;
  environment?: string;
}

export function projectOf(namespace: string | undefined, cluster: ClusterFacts): string {
  return namespace === undefined ? cluster.name : `${cluster.name}/${namespace}`;
}

export function subjectOf({ kind, name, namespace }: Named, cluster: ClusterFacts): string {
  return `${projectOf(namespace, cluster)}/${kind.toLowerCase()}/${name}`;
}

export function placeOf(object: Named, cluster: ClusterFacts): Place {
  return {
    project: projectOf(object.namespace, cluster),
    subject: subjectOf(object, cluster),
    ...(cluster.environment !== undefined && { environment: cluster.environment }),
  };
}

/** What the data of every event begins with. */
export function namedData({ kind, name, namespace }: Named, cluster: ClusterFacts): JsonObject {
  return { kind, ...(namespace !== undefined && { namespace }), name, cluster: cluster.name };
}

/** What looks after an object from outside of the cluster’s own controllers, and under which name. */
export interface ManagedBy {
  tool: 'Argo CD' | 'Flux' | 'Helm';
  /** The Application, Kustomization, HelmRelease or release. */
  name: string;
  namespace?: string;
}

/** By the marks that the tools leave: Argo CD and Flux before Helm, which both of them may use. */
export function managedBy({ labels, annotations }: Metadata): ManagedBy | undefined {
  const argo =
    annotations['argocd.argoproj.io/tracking-id']?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
  if (argo) return { tool: 'Argo CD', name: argo };
  for (const prefix of ['helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io']) {
    const name = labels[`${prefix}/name`];
    if (name) return within('Flux', name, labels[`${prefix}/namespace`]);
  }
  const release = annotations['meta.helm.sh/release-name'];
  if (release) return within('Helm', release, annotations['meta.helm.sh/release-namespace']);
  const instance = labels['app.kubernetes.io/instance'] ?? labels['release'];
  return labels['app.kubernetes.io/managed-by'] === 'Helm' && instance
    ? { tool: 'Helm', name: instance }
    : undefined;
}

function within(tool: ManagedBy['tool'], name: string, namespace: string | undefined): ManagedBy {
  return { tool, name, ...(namespace !== undefined && { namespace }) };
}

/** What the application is called: by its labels, else as the object is. */
export function appOf({ labels, name }: Pick<Metadata, 'labels' | 'name'>): string {
  return labels['app.kubernetes.io/name'] ?? labels['k8s-app'] ?? labels['app'] ?? name;
}

/** The commits that labels or annotations name: `org.opencontainers.image.revision`, and whatever is called alike. */
export function commitRefs(...texts: readonly Readonly<Record<string, string>>[]): string[] {
  return texts.flatMap((record) =>
    Object.entries(record).flatMap(([name, value]) =>
      /revision|commit|sha|version/i.test(name) ? shaIn(value).map(commitRef) : [],
    ),
  );
}

/** Alone, or behind a branch as Flux writes it: `main@sha1:…`. */
function shaIn(value: string): string[] {
  return /(?:^|[:/@])([0-9a-f]{40})$/i.exec(value.trim())?.slice(1) ?? [];
}
