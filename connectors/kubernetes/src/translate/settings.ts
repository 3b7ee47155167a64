import type { JsonObject, JsonValue, SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { changeKey } from './change-key.js';
import { canonical } from './digest.js';
import type { ClusterFacts, Kept, Sighting, Step } from './facts.js';
import { type FieldDiff, type FieldPath, changeData, fieldDiff } from './field-diff.js';
import { Metadata, isSameGeneration, keepMetadata, namedData, placeOf } from './metadata.js';
import type { Noise } from './noise-rules.js';
import {
  type ImageChange,
  type PodTemplate,
  firstContainer,
  imageChanges,
  readTemplate,
} from './pod-template.js';
import {
  type Author,
  actorData,
  authorOf,
  creatorOf,
  managerData,
  whenChanged,
  whenWritten,
  windowData,
} from './who.js';
import { ignored, unsupported } from './wording.js';
import { fieldWords, imageWords } from './workload-change.js';
import { allImages, causeData, imageData, templateRefs } from './workload-data.js';

const Spec = z.record(
  z.string(),
  z.custom<JsonValue>((value) => value !== undefined),
);
const KeptSettings = z.object({ apiVersion: z.string().optional(), metadata: Metadata, spec: Spec });
type KeptSettings = z.output<typeof KeptSettings>;

/** An object that is what its spec says and rolls nothing out by itself: a CronJob, an autoscaler. */
export interface SettingsKind {
  kind: string;
  /** The types of its events. */
  types: { created: string; changed: string; deleted: string };
  /** How a title says that it was changed. */
  verb: string;
  /** Its pod template, where it has one. */
  templateOf?: (spec: JsonObject) => JsonValue | undefined;
}

export function keepSettings(object: JsonObject, noise: Noise): Kept | undefined {
  const metadata = keepMetadata(object['metadata'], noise);
  const spec = Spec.safeParse(object['spec'] ?? {}).data;
  const apiVersion = object['apiVersion'];
  return metadata && spec && { ...(typeof apiVersion === 'string' && { apiVersion }), metadata, spec };
}

interface Seen {
  of: SettingsKind;
  step: Step;
  cluster: ClusterFacts;
  sighting: Sighting;
}

export function settingsTranslation(
  of: SettingsKind,
  step: Step,
  cluster: ClusterFacts,
  sighting: Sighting,
): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptSettings.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported(of.kind);
  const event = settingsEvent(before, after, { of, step, cluster, sighting });
  if (event) return { kind: 'events', events: [event] };
  if (before && after && canonical(before.spec) !== canonical(after.spec)) return ignored('defaults');
  return ignored(sighting.since ? 'unseen' : 'bookkeeping');
}

function settingsEvent(
  before: KeptSettings | null,
  after: KeptSettings | null,
  seen: Seen,
): SourceEvent | undefined {
  if (before && after) return changedEvent(before, after, seen);
  const shown = after ?? before;
  if (!shown) return undefined;
  const { of, step, cluster, sighting } = seen;
  const author = after ? creatorOf(step.managers) : undefined;
  const when = whenChanged(after?.metadata.creationTimestamp, sighting);
  const images = allImages(templateOf(shown, of), after ? 'new' : 'old');
  return {
    key_parts: [cluster.uid, shown.metadata.uid, after ? 'created' : 'deleted'],
    title: `${of.kind} ${shown.metadata.name} ${after ? 'created' : 'deleted'}`,
    type: after ? of.types.created : of.types.deleted,
    ...common(shown, seen),
    ...when,
    ...actorData(author),
    data: dataOf(shown, seen, { images, author, cause: after ? undefined : shown.metadata, when }),
  };
}

function changedEvent(before: KeptSettings, after: KeptSettings, seen: Seen): SourceEvent | undefined {
  const { of, step, cluster, sighting } = seen;
  const [was, is] = [
    wanted(before),
    wanted(isRetold(before, after) ? { ...after, spec: before.spec } : after),
  ];
  if (canonical(was) === canonical(is)) return undefined;
  const images = imageChanges(templateOf(before, of), templateOf(after, of));
  const isImage = (path: FieldPath) => of.templateOf !== undefined && path.at(-1) === 'image';
  const diff = fieldDiff(was, is, isImage);
  const every = fieldDiff(was, is);
  const author = authorOf(
    every.changes.map(({ path }) => path),
    step.managers,
    sighting,
  );
  const when = whenWritten(author, sighting);
  return {
    key_parts: changeKey(
      {
        before: { metadata: before.metadata, content: was },
        after: { metadata: after.metadata, content: is },
      },
      author,
      cluster,
    ),
    title: changeTitle(of, after, images, diff),
    type: of.types.changed,
    ...common(after, seen),
    ...when,
    ...actorData(author),
    data: dataOf(after, seen, { images, diff, author, cause: before.metadata, when }),
  };
}

/** Whether the same is only told in other words: those of another version of the API, or of a newer API server. */
function isRetold(before: KeptSettings, after: KeptSettings): boolean {
  if (after.metadata.generation !== undefined) return isSameGeneration(before.metadata, after.metadata);
  return before.apiVersion !== after.apiVersion;
}

function wanted({ metadata: { labels, annotations }, spec }: KeptSettings): JsonObject {
  return { metadata: { labels, annotations }, spec };
}

function templateOf({ spec }: KeptSettings, of: SettingsKind): PodTemplate {
  return readTemplate(of.templateOf?.(spec));
}

/** That something is suspended is told as such, one small value from what to what, more of them by their names. */
function changeTitle(
  of: SettingsKind,
  after: KeptSettings,
  images: readonly ImageChange[],
  diff: FieldDiff,
): string {
  const called = `${of.kind} ${after.metadata.name}`;
  const [only] = diff.changes;
  const isAlone = diff.total === 1 && images.length === 0;
  if (isAlone && only?.path.join('.') === 'spec.suspend')
    return `${called} ${only.new === true ? 'suspended' : 'resumed'}`;
  return `${called} ${of.verb}: ${changeWords(images, firstContainer(templateOf(after, of)), diff)}`;
}

function changeWords(images: readonly ImageChange[], first: string | undefined, diff: FieldDiff): string {
  const [only] = diff.changes;
  const small = (value: JsonValue) => typeof value !== 'object' && plain(value).length <= 40;
  const words =
    only && diff.total === 1 && small(only.old) && small(only.new)
      ? `${fieldWords(diff)} ${plain(only.old)} → ${plain(only.new)}`
      : fieldWords(diff);
  return [images.length > 0 ? imageWords(images, first) : '', words].filter((part) => part !== '').join(', ');
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function common(shown: KeptSettings, { of, cluster }: Seen) {
  return {
    ...placeOf({ kind: of.kind, ...shown.metadata }, cluster),
    refs: templateRefs(shown.metadata, templateOf(shown, of), cluster.environment),
  };
}

interface Told {
  images: readonly ImageChange[];
  diff?: FieldDiff;
  author: Author | undefined;
  /** The metadata before, whose change-cause is none of this change. */
  cause: Metadata | undefined;
  when: ReturnType<typeof whenChanged>;
}

function dataOf(shown: KeptSettings, { of, cluster, sighting }: Seen, told: Told): JsonObject {
  const { metadata, spec } = shown;
  return {
    ...namedData({ kind: of.kind, ...metadata }, cluster),
    ...imageData(told.images),
    ...(told.diff && told.diff.total > 0 && changeData(told.diff)),
    ...causeData(metadata, told.cause),
    ...managerData(told.author),
    ...(Object.keys(metadata.labels).length > 0 && { labels: metadata.labels }),
    spec,
    ...windowData(told.when, sighting),
  };
}
