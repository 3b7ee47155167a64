import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { type FieldDiff, type FieldPath, fieldDiff, itemOf } from './field-diff.js';
import { imageMove, parseImage, versionOf } from './images.js';
import { type KeptWorkload, replicasOf, restartTime, restoredGeneration } from './kept-workload.js';
import { isSameGeneration } from './metadata.js';
import {
  type ImageChange,
  firstContainer,
  imageChanges,
  imagePath,
  imagesOf,
  readTemplate,
} from './pod-template.js';
import { someOf } from './wording.js';

type WorkloadChangeType =
  | 'deployed'
  | 'rolled_back'
  | 'config_rollout'
  | 'restarted'
  | 'paused'
  | 'resumed'
  | 'scaled'
  | 'autoscaled'
  | 'object_edited';

/** What has changed of what a workload shall be. */
export interface WorkloadChange {
  /** The most telling of all that has changed. */
  type: WorkloadChangeType;
  /** The generation whose template is back. */
  restored?: number;
  /** The fields that make it this type: whoever owns them has done it. */
  paths: FieldPath[];
  images: ImageChange[];
  replicas?: { old: number; new: number };
  paused?: { old: boolean; new: boolean };
  restarted?: { old: JsonValue; new: JsonValue };
  /** Everything that isn't told by the above. */
  diff: FieldDiff;
}

const template: FieldPath = ['spec', 'template'];
const restartPaths: FieldPath[] = [
  ['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt'],
  ['spec', 'restartAt'],
];
const toldElsewhere = new Set(
  [...restartPaths, ['spec', 'replicas'], ['spec', 'paused']].map((path) => path.join(' ')),
);

function isToldElsewhere(path: FieldPath): boolean {
  return toldElsewhere.has(path.join(' ')) || isImage(path);
}

function isImage([spec, template, inner, containers, , field]: FieldPath): boolean {
  const inContainers = containers === 'containers' || containers === 'initContainers';
  return spec === 'spec' && template === 'template' && inner === 'spec' && inContainers && field === 'image';
}

/** What a workload shall be, by its paths as the API has them. */
export function wanted({ metadata: { labels, annotations }, spec }: KeptWorkload): JsonObject {
  return { metadata: { labels, annotations }, spec };
}

/** What has changed between two versions; undefined when nothing has that anybody wanted. */
export function workloadChange(before: KeptWorkload, shown: KeptWorkload): WorkloadChange | undefined {
  const { spec, templates } = isSameGeneration(before.metadata, shown.metadata) ? before : shown;
  const after = { ...shown, spec, templates };
  const diff = fieldDiff(wanted(before), wanted(after), isToldElsewhere);
  const [was, is] = [readTemplate(before.spec['template']), readTemplate(after.spec['template'])];
  const images = imageChanges(was, is);
  const [old, fresh] = [replicasOf(before.spec), replicasOf(after.spec)];
  const [wasPaused, isPaused] = [before.spec['paused'] === true, after.spec['paused'] === true];
  const [restartedBefore, restartedAfter] = [restartTime(before.spec), restartTime(after.spec)];
  const isSame = old === fresh && wasPaused === isPaused && restartedBefore === restartedAfter;
  if (isSame && images.length === 0 && diff.total === 0) return undefined;
  const change = {
    images,
    ...(old !== fresh && { replicas: { old, new: fresh } }),
    ...(wasPaused !== isPaused && { paused: { old: wasPaused, new: isPaused } }),
    ...(restartedBefore !== restartedAfter && { restarted: { old: restartedBefore, new: restartedAfter } }),
    diff,
  };
  return { ...change, ...typeOf(before, after, change) };
}

function typeOf(
  before: KeptWorkload,
  after: KeptWorkload,
  { images, replicas, paused, restarted, diff }: Omit<WorkloadChange, 'type' | 'restored' | 'paths'>,
): Pick<WorkloadChange, 'type' | 'restored' | 'paths'> {
  const imagePaths = images.map((image) => [...template, ...imagePath(image)]);
  const paths = diff.changes.map(({ path }) => path);
  const inTemplate = paths.filter((path) => path[0] === 'spec' && path[1] === 'template');
  const restored = restoredGeneration(before, after);
  if (restored !== undefined) return { type: 'rolled_back', restored, paths: [...imagePaths, ...inTemplate] };
  if (images.length > 0) return { type: 'deployed', paths: imagePaths };
  if (before.templates[0]?.digest !== after.templates[0]?.digest)
    return { type: 'config_rollout', paths: inTemplate };
  if (restarted) return { type: 'restarted', paths: restartPaths };
  if (paused) return { type: paused.new ? 'paused' : 'resumed', paths: [['spec', 'paused']] };
  if (replicas) return { type: 'scaled', paths: [['spec', 'replicas']] };
  return { type: 'object_edited', paths };
}

/** What the images of a workload are, in short: the version of its first container. */
export function shownVersion({ spec }: KeptWorkload): string | undefined {
  const first = imagesOf(readTemplate(spec['template']))[0];
  return first && versionOf(parseImage(first.image));
}

/** From which image to which; with the container’s name where there are several, or where it is not the `first` one. */
export function imageWords(images: readonly ImageChange[], first: string | undefined): string {
  const words = images.map(({ container, init, old, new: fresh }) => {
    if (old === null) return `${container} added`;
    if (fresh === null) return `${container} removed`;
    const move = imageMove(old, fresh);
    return images.length > 1 || init || container !== first ? `${container} ${move}` : move;
  });
  const moves = new Set(
    images.map((image) => (image.old && image.new ? imageMove(image.old, image.new) : null)),
  );
  const [only] = moves;
  return images.length > 1 && moves.size === 1 && only ? only : someOf(words);
}

const outerSteps = new Set(['spec', 'template', 'metadata', 'labels', 'annotations', 'jobTemplate']);

/** What a field is called where its object is known: `LOG_LEVEL`, `resources.limits.memory`, `volumes[data]`. */
function fieldWord(path: FieldPath): string {
  const inner = path.slice(path.findIndex((step) => !outerSteps.has(step)));
  const last = inner.findLastIndex((step) => itemOf(step) !== undefined);
  if (last < 0) return inner.join('.');
  const item = inner[last] ?? '';
  if (inner[last - 1] === 'env') return itemOf(item) ?? item;
  return last === inner.length - 1 ? `${inner[last - 1] ?? ''}${item}` : inner.slice(last + 1).join('.');
}

/** The names of the changed fields, each once. */
export function fieldWords({ changes, total }: FieldDiff): string {
  const names = [...new Set(changes.map(({ path }) => fieldWord(path)))];
  return total > changes.length ? `${someOf(names)} and others` : someOf(names);
}

/** What has happened, as one speaks of it. */
export function changeTitle(kind: string, change: WorkloadChange, after: KeptWorkload): string {
  const { images, replicas, diff } = change;
  const { name } = after.metadata;
  switch (change.type) {
    case 'deployed':
      return `${name} deployed: ${imageWords(images, firstContainer(readTemplate(after.spec['template'])))}`;
    case 'rolled_back':
      return `${name} rolled back to ${images.length > 0 ? (shownVersion(after) ?? 'an earlier image') : 'an earlier configuration'}`;
    case 'config_rollout':
      return `${name} reconfigured: ${fieldWords(diff)}`;
    case 'scaled':
    case 'autoscaled':
      return `${name} ${change.type} ${replicas?.old ?? '?'} → ${replicas?.new ?? '?'}`;
    case 'restarted':
    case 'paused':
    case 'resumed':
      return `${name} ${change.type}`;
    case 'object_edited':
      return `${kind} ${name} edited: ${fieldWords(diff)}`;
  }
}
