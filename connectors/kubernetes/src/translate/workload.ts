import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { changeKey } from './change-key.js';
import { canonical } from './digest.js';
import type { ClusterFacts, FieldManager, Kept, Sighting, Step } from './facts.js';
import { changeData } from './field-diff.js';
import { KeptWorkload } from './kept-workload.js';
import { isSameGeneration, namedData } from './metadata.js';
import { readTemplate } from './pod-template.js';
import type { Rollout } from './rollout.js';
import {
  actorData,
  authorOf,
  creatorOf,
  isAutoscaler,
  managerData,
  statusTime,
  whenChanged,
  whenWritten,
  windowData,
} from './who.js';
import { ignored, unsupported } from './wording.js';
import { type WorkloadChange, changeTitle, shownVersion, wanted, workloadChange } from './workload-change.js';
import { allImages, causeData, imageData, workloadCommon, workloadData } from './workload-data.js';

/** How one step of a workload was seen. */
interface Seen {
  kind: string;
  managers: readonly FieldManager[];
  cluster: ClusterFacts;
  sighting: Sighting;
}

/**
 * A step of a Deployment, StatefulSet, DaemonSet or Argo Rollout: at most one event of what was changed, and one of how
 * its rollout has ended.
 */
export function translateWorkload(
  kind: string,
  step: Step,
  cluster: ClusterFacts,
  sighting: Sighting,
): Translation {
  const [before, after] = [readKept(step.before), readKept(step.after)];
  if (before === undefined || after === undefined) return unsupported(kind);
  const seen: Seen = { kind, managers: step.managers, cluster, sighting };
  const events = [...changeEvents(before, after, seen), ...outcomeEvents(before, after, seen)];
  if (events.length > 0) return { kind: 'events', events };
  if (before && after && isSameGeneration(before.metadata, after.metadata))
    return ignored(canonical(before.spec) === canonical(after.spec) ? 'status_only' : 'defaults');
  return ignored(sighting.since === undefined ? 'bookkeeping' : 'unseen');
}

/** Null where there is none, undefined where it can't be read. */
function readKept(kept: Kept | null): KeptWorkload | null | undefined {
  return kept === null ? null : KeptWorkload.safeParse(kept).data;
}

function changeEvents(before: KeptWorkload | null, after: KeptWorkload | null, seen: Seen): SourceEvent[] {
  if (after === null) return before === null ? [] : [deletedEvent(before, seen)];
  if (before === null) return [createdEvent(after, seen)];
  const change = workloadChange(before, after);
  return change ? [changedEvent(change, before, after, seen)] : [];
}

function createdEvent(after: KeptWorkload, { kind, managers, cluster, sighting }: Seen): SourceEvent {
  const { metadata } = after;
  const author = creatorOf(managers);
  const when = whenChanged(metadata.creationTimestamp, sighting);
  const version = shownVersion(after);
  return {
    key_parts: [cluster.uid, metadata.uid, 'created'],
    title: `${kind} ${metadata.name} created${version === undefined ? '' : `: ${version}`}`,
    type: 'workload_created',
    ...workloadCommon(kind, after, cluster),
    ...when,
    ...actorData(author),
    data: {
      ...namedData({ kind, ...metadata }, cluster),
      ...imageData(allImages(readTemplate(after.spec['template']), 'new')),
      ...causeData(metadata, undefined),
      ...managerData(author),
      workload: workloadData(kind, after),
      ...windowData(when, sighting),
    },
  };
}

/** Nobody is named: an object that is gone doesn't tell who has deleted it. */
function deletedEvent(before: KeptWorkload, { kind, cluster, sighting }: Seen): SourceEvent {
  const { metadata } = before;
  const when = whenChanged(undefined, sighting);
  return {
    key_parts: [cluster.uid, metadata.uid, 'deleted'],
    title: `${kind} ${metadata.name} deleted`,
    type: 'workload_deleted',
    ...workloadCommon(kind, before, cluster),
    ...when,
    data: {
      ...namedData({ kind, ...metadata }, cluster),
      ...imageData(allImages(readTemplate(before.spec['template']), 'old')),
      ...causeData(metadata, metadata),
      workload: workloadData(kind, before),
      ...windowData(when, sighting),
    },
  };
}

function changedEvent(
  change: WorkloadChange,
  before: KeptWorkload,
  after: KeptWorkload,
  { kind, managers, cluster, sighting }: Seen,
): SourceEvent {
  const { metadata } = after;
  const author = authorOf(change.paths, managers, sighting);
  const when = whenWritten(author, sighting);
  const isAutomatic = change.type === 'scaled' && change.diff.total === 0 && author && isAutoscaler(author);
  const type = isAutomatic ? 'autoscaled' : change.type;
  return {
    key_parts: changeKey({ before: versionOf(before), after: versionOf(after) }, author, cluster),
    title: changeTitle(kind, { ...change, type }, after),
    type,
    ...(type === 'rolled_back' && { severity: 'warning' }),
    ...workloadCommon(kind, after, cluster),
    ...when,
    ...actorData(author),
    data: {
      ...namedData({ kind, ...metadata }, cluster),
      ...imageData(change.images),
      ...(change.replicas && { replicas: change.replicas }),
      ...(change.restored !== undefined && { restored_generation: change.restored }),
      ...(change.paused && { paused: change.paused }),
      ...(change.restarted && { restarted_at: change.restarted }),
      ...(change.diff.total > 0 && changeData(change.diff)),
      ...causeData(metadata, before.metadata),
      ...managerData(author),
      workload: workloadData(kind, after),
      ...windowData(when, sighting),
    },
  };
}

function versionOf(kept: KeptWorkload) {
  return { metadata: kept.metadata, content: wanted(kept) };
}

function outcomeEvents(before: KeptWorkload | null, after: KeptWorkload | null, seen: Seen): SourceEvent[] {
  const [was, is] = [before?.rollout, after?.rollout];
  if (!after || !is || is.state === 'progressing') return [];
  return was?.state === is.state && was.of === is.of ? [] : [outcomeEvent(after, is, seen)];
}

function outcomeEvent(
  after: KeptWorkload,
  { state, of, revision, reason, message, at, counts, conditions }: Rollout,
  { kind, managers, cluster, sighting }: Seen,
): SourceEvent {
  const { metadata } = after;
  const failed = state === 'failed';
  const version = shownVersion(after);
  const when = whenChanged(sighting.since === undefined ? statusTime(managers) : at, sighting);
  const words = failed ? `failed${reason ? `: ${reason}` : ''}` : `succeeded${version ? `: ${version}` : ''}`;
  return {
    key_parts: [
      cluster.uid,
      metadata.uid,
      revision === undefined ? String(of) : `revision ${revision}`,
      `rollout_${state}`,
    ],
    title: `Rollout of ${metadata.name} ${words}`,
    type: failed ? 'rollout_failed' : 'rollout_succeeded',
    ...workloadCommon(kind, after, cluster),
    ...when,
    status: failed ? 'failure' : 'success',
    ...(failed && { severity: 'error' }),
    data: {
      ...namedData({ kind, ...metadata }, cluster),
      ...(failed && reason && { reason }),
      ...(failed && message && { message }),
      ...(version !== undefined && { version }),
      ...(counts && { rollout: counts }),
      ...(conditions && { conditions }),
      ...causeData(metadata, metadata),
      workload: workloadData(kind, after),
      ...windowData(when, sighting),
    },
  };
}
