import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import { digestOf } from './digest.js';
import type { FieldPath } from './field-diff.js';
import { itemStep } from './field-diff.js';
import { isObject } from './json-object.js';

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

const Texts = z.record(z.string(), z.string()).default({}).catch({});
const Json = z.custom<JsonValue>((value) => value !== undefined).optional();

const Container = z.object({
  name: z.string(),
  image: z.string().default('').catch(''),
  resources: Json,
  livenessProbe: Json,
  readinessProbe: Json,
  startupProbe: Json,
});
const Containers = z.array(Container).default([]).catch([]);

/** What pods are made from, of what is shown of it. */
const PodTemplate = z.object({
  metadata: z.object({ labels: Texts, annotations: Texts }).catch({ labels: {}, annotations: {} }),
  spec: z
    .object({ containers: Containers, initContainers: Containers })
    .catch({ containers: [], initContainers: [] }),
});
export type PodTemplate = z.output<typeof PodTemplate>;

const nothing: PodTemplate = {
  metadata: { labels: {}, annotations: {} },
  spec: { containers: [], initContainers: [] },
};

export function readTemplate(template: JsonValue | undefined): PodTemplate {
  return PodTemplate.safeParse(template).data ?? nothing;
}

/** The image of one container; `init` where it runs before the others. */
interface ContainerImage {
  container: string;
  init: boolean;
  image: string;
}

/** The main containers first. */
export function imagesOf({ spec }: PodTemplate): ContainerImage[] {
  return [
    ...spec.containers.map(({ name, image }) => ({ container: name, init: false, image })),
    ...spec.initContainers.map(({ name, image }) => ({ container: name, init: true, image })),
  ];
}

/** The container that one speaks of when one speaks of the whole. */
export function firstContainer({ spec }: PodTemplate): string | undefined {
  return spec.containers[0]?.name;
}

/** One container's image before and after; null where there is none. */
export interface ImageChange {
  container: string;
  init: boolean;
  old: string | null;
  new: string | null;
}

export function imageChanges(before: PodTemplate, after: PodTemplate): ImageChange[] {
  const old = new Map(imagesOf(before).map((image) => [keyOf(image), image]));
  const fresh = new Map(imagesOf(after).map((image) => [keyOf(image), image]));
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((key) => {
    const known = fresh.get(key) ?? old.get(key);
    const [was, is] = [old.get(key)?.image ?? null, fresh.get(key)?.image ?? null];
    if (known === undefined || was === is) return [];
    return [{ container: known.container, init: known.init, old: was, new: is }];
  });
}

function keyOf({ container, init }: ContainerImage): string {
  return `${init ? 'init' : 'main'}/${container}`;
}

/** Where an image stands below the template. */
export function imagePath({ container, init }: Pick<ImageChange, 'container' | 'init'>): FieldPath {
  return ['spec', init ? 'initContainers' : 'containers', itemStep(container), 'image'];
}

/** When the pods were last restarted on purpose. */
export function restartOf({ metadata }: PodTemplate): string | undefined {
  return metadata.annotations[restartedAt];
}

/** What the pods are made from, whenever they were restarted: to know a template again. */
export function templateDigest(template: JsonValue | undefined): string {
  if (!isObject(template) || !isObject(template['metadata'])) return digestOf(template);
  const { annotations, ...metadata } = template['metadata'];
  if (!isObject(annotations)) return digestOf(template);
  const { [restartedAt]: _, ...others } = annotations;
  const left = Object.keys(others).length > 0 ? { ...metadata, annotations: others } : metadata;
  return digestOf({ ...template, metadata: left });
}

/** The containers as they are shown beside every change. */
export function containerData({ spec }: PodTemplate): JsonObject[] {
  return spec.containers.map(({ name, image, resources, livenessProbe, readinessProbe, startupProbe }) => ({
    name,
    image,
    ...(resources !== undefined && { resources }),
    ...(livenessProbe !== undefined && { liveness_probe: livenessProbe }),
    ...(readinessProbe !== undefined && { readiness_probe: readinessProbe }),
    ...(startupProbe !== undefined && { startup_probe: startupProbe }),
  }));
}
