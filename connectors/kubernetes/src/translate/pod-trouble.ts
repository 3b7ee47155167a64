import { z } from 'zod';
import { Instant } from './instant.js';
import {
  type ContainerStatus,
  type PodStatus,
  type Run,
  containersOf,
  lastRun,
  runId,
} from './pod-status.js';

const Text = z.string().optional();

/** Something that is wrong with a pod. Its id tells it from any other trouble of the same pod. */
export const Trouble = z.object({
  type: z.enum([
    'pod_oom_killed',
    'pod_crash_looping',
    'image_pull_failing',
    'pod_evicted',
    'pod_unschedulable',
    'pod_failed',
  ]),
  id: z.array(z.string()),
  reason: z.string(),
  message: Text,
  container: Text,
  image: Text,
  exitCode: z.int().optional(),
  restarts: z.int().optional(),
  /** Since when, where the pod tells. */
  at: Instant,
});
export type Trouble = z.output<typeof Trouble>;

/** What is remembered of a pod’s containers from step to step, by their names. */
export interface Loops {
  /** Those that are crash looping, each loop by its name. */
  looping: Record<string, string>;
  /** What their next loop will be named by: how often they had restarted, or the run that has ended the last loop. */
  next: Record<string, string>;
  /** The last run of each that was long. */
  long: Record<string, string>;
}

/** The kubelet forgives a container that has run for so long: its next crash is not one of the same loop. */
const forgivenMilliseconds = 600_000;

const pullReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);
const startingReasons = new Set(['ContainerCreating', 'PodInitializing', 'Completed']);
const evictedReasons = new Set([
  'Evicted',
  'Preempting',
  'NodeShutdown',
  'Shutdown',
  'Terminated',
  'NodeLost',
]);
/** Evictions that somebody has asked for, as `kubectl drain` does, are none: the pod moves. */
const disruptions = new Set(['PreemptionByScheduler', 'PreemptionByKubeScheduler', 'DeletionByTaintManager']);

/** What stands under a name, where it does: a container may well be called `constructor`. */
function under(texts: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return texts && Object.hasOwn(texts, name) ? texts[name] : undefined;
}

const isLooping = ({ state }: ContainerStatus) => state.waiting?.reason === 'CrashLoopBackOff';

/** Whether a container ran for so long that it was well. */
function wasLong({ startedAt, finishedAt }: Run): boolean {
  if (startedAt === undefined || finishedAt === undefined) return false;
  return Date.parse(finishedAt) - Date.parse(startedAt) >= forgivenMilliseconds;
}

/**
 * Which containers are crash looping. One that runs between two crashes still is, unless it ran for long. What a loop is
 * named by is known before it begins, so its name is the same however much of it is seen, if only the long run was that
 * ended the loop before it.
 */
export function loopsOf(status: PodStatus, before: Loops | undefined): Loops {
  const loops: Loops = { looping: {}, next: {}, long: {} };
  for (const container of containersOf(status)) {
    const { name, restartCount } = container;
    const run = lastRun(container);
    const long = run && wasLong(run) ? runId(run, restartCount) : undefined;
    const loop = under(before?.looping, name);
    const wasLast = under(before?.long, name);
    const isOver = loop !== undefined && long !== undefined && long !== wasLast;
    const first = before || isLooping(container) ? 0 : restartCount;
    const next = isOver ? long : (under(before?.next, name) ?? String(first));
    if (loop !== undefined && !isOver) loops.looping[name] = loop;
    else if (isLooping(container)) loops.looping[name] = next;
    if (next !== '0') loops.next[name] = next;
    const known = long ?? wasLast;
    if (known !== undefined) loops.long[name] = known;
  }
  return loops;
}

/** Everything that is wrong with a pod as it is. */
export function troublesOf(
  status: PodStatus,
  { looping }: Loops,
  before: Loops | undefined,
  isEnding: boolean,
): Trouble[] {
  const eviction = evictionOf(status);
  // A pod that has done its work stops what only stood beside it, in whatever way that ends.
  const isDone = isEnding || status.phase === 'Succeeded';
  const ofContainers = containersOf(status).flatMap((container) => {
    const loop = under(looping, container.name);
    const isKnown = loop !== undefined && under(before?.looping, container.name) === loop;
    const isExpected = isDone || eviction !== undefined || loop !== undefined;
    const ended = isKnown ? undefined : endOf(container, isExpected);
    if (isEnding) return [ended];
    return [
      ended,
      loop === undefined ? undefined : loopOf(container, loop),
      waitingOf(container, loop !== undefined),
    ];
  });
  const ofPod = [eviction, isEnding ? undefined : unschedulableOf(status)];
  return [...ofPod, ...ofContainers].filter((trouble) => trouble !== undefined);
}

function said(message: string | undefined): { message?: string } {
  return message ? { message: message.trim() } : {};
}

function evictionOf({ phase, reason, message, conditions }: PodStatus): Trouble | undefined {
  const disrupted = conditions.find(
    (condition) =>
      condition.type === 'DisruptionTarget' &&
      condition.status === 'True' &&
      disruptions.has(condition.reason ?? ''),
  );
  if (disrupted?.reason) {
    const { reason: why, lastTransitionTime: at } = disrupted;
    return { type: 'pod_evicted', id: ['evicted'], reason: why, ...said(disrupted.message), at };
  }
  if (phase !== 'Failed' || !reason) return undefined;
  const type = evictedReasons.has(reason) ? 'pod_evicted' : 'pod_failed';
  return { type, id: [type === 'pod_evicted' ? 'evicted' : 'failed'], reason, ...said(message) };
}

function unschedulableOf({ conditions }: PodStatus): Trouble | undefined {
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  const { message, lastTransitionTime: at } = scheduled;
  const id = ['unschedulable', at ?? ''];
  return { type: 'pod_unschedulable', id, reason: 'Unschedulable', ...said(message), at };
}

/** A run that has ended badly. Where its end is expected, only one that had too little memory has. */
function endOf(container: ContainerStatus, isExpected: boolean): Trouble | undefined {
  const run = lastRun(container);
  if (!run) return undefined;
  const { name, image, restartCount: restarts } = container;
  const isOutOfMemory = run.reason === 'OOMKilled';
  if (!isOutOfMemory && (run.exitCode === 0 || isExpected)) return undefined;
  return {
    type: isOutOfMemory ? 'pod_oom_killed' : 'pod_failed',
    id: [name, isOutOfMemory ? 'oom_killed' : 'failed', runId(run, restarts)],
    reason: run.reason ?? 'Error',
    ...said(run.message),
    container: name,
    image,
    exitCode: run.exitCode,
    restarts,
    at: run.finishedAt,
  };
}

function loopOf(container: ContainerStatus, loop: string): Trouble {
  const { name, image, restartCount: restarts } = container;
  const run = lastRun(container);
  return {
    type: 'pod_crash_looping',
    id: [name, 'crash_looping', loop],
    reason: 'CrashLoopBackOff',
    ...said(run?.message),
    container: name,
    image,
    ...(run && { exitCode: run.exitCode }),
    restarts,
    at: run?.finishedAt,
  };
}

/** What keeps a container from being started. That a looping one can’t is of the loop, unless its image is missing. */
function waitingOf(
  { name, image, restartCount: restarts, state }: ContainerStatus,
  isLoop: boolean,
): Trouble | undefined {
  const reason = state.waiting?.reason;
  if (!reason || reason === 'CrashLoopBackOff' || startingReasons.has(reason)) return undefined;
  const isPull = pullReasons.has(reason);
  if (isLoop && !isPull) return undefined;
  return {
    type: isPull ? 'image_pull_failing' : 'pod_failed',
    // Begun once per restart, so what it waits for is told once, in whatever words.
    id: [name, isPull ? 'image_pull' : 'start', String(restarts), ...(isPull ? [image] : [])],
    reason,
    ...said(state.waiting?.message),
    container: name,
    image,
    restarts,
  };
}
