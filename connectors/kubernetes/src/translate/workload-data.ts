import type { JsonObject } from '@painchain/connector-sdk';
import type { ClusterFacts } from './facts.js';
import { imageRefs, parseImage, versionOf } from './images.js';
import { type KeptWorkload, replicasOf } from './kept-workload.js';
import { type Metadata, appOf, commitRefs, managedBy, placeOf } from './metadata.js';
import { type ImageChange, type PodTemplate, containerData, imagesOf, readTemplate } from './pod-template.js';
import { environmentRef, refsOf, versionRef } from './wording.js';

const changeCause = 'kubernetes.io/change-cause';

/** One image per container, from what to what; tag and digest where they differ. */
export function imageData(images: readonly ImageChange[]): JsonObject {
  if (images.length === 0) return {};
  return {
    ...versionData(images),
    images: images.map(({ container, init, old, new: fresh }) => {
      const [was, is] = [old, fresh].map((image) => (image === null ? undefined : parseImage(image)));
      const [oldDigest, newDigest] = [was?.digest, is?.digest];
      return {
        container,
        ...(init && { init }),
        old,
        new: fresh,
        ...(was?.tag !== is?.tag && { tag: { old: was?.tag ?? null, new: is?.tag ?? null } }),
        ...(oldDigest !== newDigest && { digest: { old: oldDigest ?? null, new: newDigest ?? null } }),
      };
    }),
  };
}

/** The version of the first container whose image has changed. */
function versionData(images: readonly ImageChange[]): JsonObject {
  const moved = images.find(({ old, new: fresh }) => old !== null && fresh !== null);
  const [old, fresh] = [moved?.old, moved?.new].map((image) => image && versionOf(parseImage(image)));
  return old && fresh && old !== fresh ? { version: { old, new: fresh } } : {};
}

/** Every image of a workload that has just come, or gone. */
export function allImages(template: PodTemplate, side: 'old' | 'new'): ImageChange[] {
  return imagesOf(template).map(({ container, init, image }) => ({
    container,
    init,
    old: null,
    new: null,
    [side]: image,
  }));
}

/** How a workload is set up, beside what has changed. */
export function workloadData(kind: string, { metadata, spec }: KeptWorkload): JsonObject {
  const strategy = spec['strategy'] ?? spec['updateStrategy'];
  return {
    ...(kind !== 'DaemonSet' && { replicas: replicasOf(spec) }),
    ...(spec['paused'] === true && { paused: true }),
    ...(strategy !== undefined && { strategy }),
    containers: containerData(readTemplate(spec['template'])),
    ...(Object.keys(metadata.labels).length > 0 && { labels: metadata.labels }),
    ...(Object.keys(metadata.annotations).length > 0 && { annotations: metadata.annotations }),
    ...(metadata.generation !== undefined && { generation: metadata.generation }),
  };
}

/** Who looks after it from outside, and why it was changed where somebody has noted that. */
export function causeData(metadata: Metadata, before: Metadata | undefined): JsonObject {
  const cause = metadata.annotations[changeCause];
  const tool = managedBy(metadata);
  return {
    ...(tool !== undefined && { managed_by: { ...tool } }),
    ...(cause !== undefined && cause !== before?.annotations[changeCause] && { change_cause: cause }),
  };
}

/** Correlation keys: what runs, in which version, from which commit, where. */
export function templateRefs(
  metadata: Metadata,
  template: PodTemplate,
  environment: string | undefined,
): string[] {
  const images = imagesOf(template).map(({ image }) => image);
  const app = appOf(metadata);
  const versions = images.flatMap((image, index) => {
    const { repository, tag } = parseImage(image);
    if (tag === undefined) return [];
    const path = repository.replace(/^(?:[^/]*[.:][^/]*|localhost)\//, '');
    return [...(index === 0 ? [versionRef(app, tag)] : []), versionRef(path, tag)];
  });
  const { labels, annotations } = template.metadata;
  return refsOf(
    ...imageRefs(images),
    ...versions,
    ...commitRefs(metadata.labels, metadata.annotations, labels, annotations),
    environmentRef(environment),
  );
}

/** What all events of a workload share: where, and how it hangs together with others. */
export function workloadCommon(kind: string, { metadata, spec }: KeptWorkload, cluster: ClusterFacts) {
  return {
    ...placeOf({ kind, ...metadata }, cluster),
    refs: templateRefs(metadata, readTemplate(spec['template']), cluster.environment),
  };
}
