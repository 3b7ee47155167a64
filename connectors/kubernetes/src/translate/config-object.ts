import type { JsonObject, SourceEvent, Translation } from '@painchain/connector-sdk';
import { changeKey } from './change-key.js';
import { type ConfigDiff, configDiff, diffData } from './config-diff.js';
import { changeWords, creationWords } from './config-words.js';
import type { ClusterFacts, Kept, Sighting, Step } from './facts.js';
import { KeptConfig, wanted } from './kept-config.js';
import { commitRefs, namedData, placeOf } from './metadata.js';
import {
  type When,
  actorData,
  authorOf,
  creatorOf,
  managerData,
  whenChanged,
  whenWritten,
  windowData,
} from './who.js';
import { cutText, environmentRef, ignored, refsOf, unsupported } from './wording.js';
import { causeData } from './workload-data.js';

/** A role may permit very much, and things may have very long names. */
const maxTitleCharacters = 300;

/** How one step of an object was seen. */
interface Seen {
  kind: string;
  step: Step;
  cluster: ClusterFacts;
  sighting: Sighting;
}

/** A step of an object that configures something: a ConfigMap, a Service, a role. At most one event. */
export function translateConfigObject(
  kind: string,
  step: Step,
  cluster: ClusterFacts,
  sighting: Sighting,
): Translation {
  const [before, after] = [readKept(step.before), readKept(step.after)];
  if (before === undefined || after === undefined) return unsupported(kind);
  const quiet = quietRule(before, after);
  if (quiet !== undefined) return ignored(quiet);
  const event = eventOf(before, after, { kind, step, cluster, sighting });
  if (event) return { kind: 'events', events: [event] };
  return ignored(sighting.since === undefined ? 'bookkeeping' : 'unseen');
}

/** Null where there is none, undefined where it can’t be read. */
function readKept(kept: Kept | null): KeptConfig | null | undefined {
  return kept === null ? null : KeptConfig.safeParse(kept).data;
}

/** By which rule nothing is told. What was configuration and is a lock has lost what it held, which is told. */
function quietRule(before: KeptConfig | null, after: KeptConfig | null): KeptConfig['quiet'] {
  if (after === null) return before?.quiet;
  const isEmptied = after.quiet === 'leader_election' && before !== null && before.quiet === undefined;
  return isEmptied ? undefined : after.quiet;
}

function eventOf(before: KeptConfig | null, after: KeptConfig | null, seen: Seen): SourceEvent | undefined {
  if (after === null) return before === null ? undefined : deletedEvent(before, seen);
  if (before === null) return createdEvent(after, seen);
  const diff = configDiff(seen.kind, before, after);
  return diff && editedEvent(diff, before, after, seen);
}

function createdEvent(after: KeptConfig, seen: Seen): SourceEvent {
  const { kind, step, cluster, sighting } = seen;
  const { uid, name, creationTimestamp } = after.metadata;
  const author = creatorOf(step.managers);
  const when = whenChanged(creationTimestamp, sighting);
  return {
    key_parts: [cluster.uid, uid, 'created'],
    title: cutText(`${kind} ${name} created${creationWords(kind, after)}`, maxTitleCharacters),
    type: 'object_created',
    ...common(after, seen, when),
    ...actorData(author),
    data: {
      ...objectData(after, undefined, seen),
      ...managerData(author),
      ...contentData(after),
      ...windowData(when, sighting),
    },
  };
}

/** Nobody is named: an object that is gone doesn’t tell who has deleted it. */
function deletedEvent(before: KeptConfig, seen: Seen): SourceEvent {
  const { kind, cluster, sighting } = seen;
  const { uid, name } = before.metadata;
  const when = whenChanged(undefined, sighting);
  return {
    key_parts: [cluster.uid, uid, 'deleted'],
    title: `${kind} ${name} deleted`,
    type: 'object_deleted',
    ...common(before, seen, when),
    data: {
      ...objectData(before, before, seen),
      ...contentData(before),
      ...windowData(when, sighting),
    },
  };
}

function editedEvent(diff: ConfigDiff, before: KeptConfig, after: KeptConfig, seen: Seen): SourceEvent {
  const { kind, step, sighting } = seen;
  const author = authorOf(diff.paths, step.managers, sighting);
  const when = whenWritten(author, sighting);
  const { title, data } = changeWords(kind, diff, before, after);
  return {
    key_parts: keyOf(before, after, author, seen.cluster),
    title: cutText(title, maxTitleCharacters),
    type: 'object_edited',
    ...common(after, seen, when),
    ...actorData(author),
    data: {
      ...objectData(after, before, seen),
      ...data,
      ...diffData(diff),
      ...managerData(author),
      ...windowData(when, sighting),
    },
  };
}

/** Where no generation does, how often it was edited tells apart what happens within one second. */
function keyOf(
  before: KeptConfig,
  after: KeptConfig,
  author: ReturnType<typeof authorOf>,
  cluster: ClusterFacts,
): string[] {
  const [old, fresh] = [before, after].map((kept) => ({ metadata: kept.metadata, content: wanted(kept) }));
  const key = old && fresh ? changeKey({ before: old, after: fresh }, author, cluster) : [];
  return after.metadata.generation === before.metadata.generation ? [...key, String(after.edits)] : key;
}

function common({ metadata }: KeptConfig, { kind, cluster }: Seen, when: When) {
  const { labels, annotations } = metadata;
  return {
    ...placeOf({ kind, ...metadata }, cluster),
    refs: refsOf(...commitRefs(labels, annotations), environmentRef(cluster.environment)),
    ...when,
  };
}

function objectData({ metadata }: KeptConfig, before: KeptConfig | undefined, seen: Seen): JsonObject {
  return {
    ...namedData({ kind: seen.kind, ...metadata }, seen.cluster),
    ...causeData(metadata, before?.metadata),
    ...(Object.keys(metadata.labels).length > 0 && { labels: metadata.labels }),
    ...(metadata.generation !== undefined && { generation: metadata.generation }),
  };
}

/** Of an object that has come or gone: the names of its texts, and all else that it held. */
function contentData({ content }: KeptConfig): JsonObject {
  const { data, binaryData, ...others } = content;
  const keys = [data, binaryData].flatMap((texts) => Object.keys(texts ?? {}));
  return {
    ...(keys.length > 0 && { keys: keys.slice(0, 200) }),
    ...(Object.keys(others).length > 0 && { content: others }),
  };
}
