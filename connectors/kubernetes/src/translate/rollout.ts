import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';

const Count = z.int().nonnegative().default(0).catch(0);
const Condition = z.object({
  type: z.string(),
  status: z.string().catch('Unknown'),
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  lastUpdateTime: z.string().optional().catch(undefined),
  lastTransitionTime: z.string().optional().catch(undefined),
});
type Condition = z.output<typeof Condition>;
const Conditions = z
  .array(Condition.or(z.unknown().transform(() => undefined)))
  .default([])
  .transform((conditions) => conditions.filter((condition) => condition !== undefined))
  .catch([]);

/** The status of anything that rolls out. A count of zero is left out by the API. */
const Status = z.object({
  // A number; of an Argo Rollout the number as text, or of old ones a hash.
  observedGeneration: z.coerce.number().int().default(0).catch(0),
  replicas: Count,
  updatedReplicas: Count,
  readyReplicas: Count,
  availableReplicas: z.int().nonnegative().optional().catch(undefined),
  desiredNumberScheduled: Count,
  updatedNumberScheduled: Count,
  numberReady: Count,
  numberAvailable: Count,
  currentRevision: z.string().optional().catch(undefined),
  updateRevision: z.string().optional().catch(undefined),
  phase: z.string().optional().catch(undefined),
  abort: z.boolean().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  conditions: Conditions,
});
type Status = z.output<typeof Status>;

/** What a rollout has come to. It stays until the next one begins. */
export const Rollout = z.object({
  state: z.enum(['progressing', 'succeeded', 'failed']),
  /** The generation that has begun it. */
  of: z.int().nonnegative(),
  /** The number of the rollout, where its controller counts them: the same whichever generations were seen of it. */
  revision: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  /** When the controller says that it ended. */
  at: z.string().optional(),
  counts: z.record(z.string(), z.number()).optional(),
  conditions: z.array(z.record(z.string(), z.string())).optional(),
});
export type Rollout = z.output<typeof Rollout>;

/** An object of a kind that rolls out, as far as its rollout goes. */
export interface Rolling {
  kind: string;
  generation: number;
  replicas: number;
  /** Of a StatefulSet: pods below this ordinal keep the template before. */
  partition: number;
  revision?: string | undefined;
  status: JsonValue | undefined;
}

/**
 * What the rollout has come to that began with the generation `of`. What it was before stays: a rollout that has
 * succeeded is not undone by a pod that fails later, and one that has failed may still succeed.
 */
export function rolloutOf(rolling: Rolling, of: number, before: Rollout | undefined): Rollout {
  const known = before?.of === of ? before : undefined;
  if (known?.state === 'succeeded') return known;
  const { data: status } = Status.safeParse(rolling.status);
  if (!status || !isObserved(rolling, status)) return known ?? { state: 'progressing', of };
  if (isComplete(rolling, status)) return { state: 'succeeded', of, ...endOf(rolling, status) };
  if (before === undefined && isLongPast(rolling, status)) {
    return { state: 'succeeded', of, ...endOf(rolling, status) };
  }
  if (known?.state === 'failed') return known;
  const failure = failureOf(rolling, status);
  if (failure) return { state: 'failed', of, ...failure, ...endOf(rolling, status) };
  return known ?? { state: 'progressing', of };
}

function isObserved({ kind, generation }: Rolling, { observedGeneration, phase }: Status): boolean {
  if (observedGeneration >= generation) return true;
  return kind === 'Rollout' && phase !== undefined && observedGeneration === 0;
}

/** As `kubectl rollout status` has it: everything is updated and available, and nothing of the old is left. */
function isComplete({ kind, replicas, partition }: Rolling, status: Status): boolean {
  const available = status.availableReplicas ?? 0;
  switch (kind) {
    case 'DaemonSet':
      return (
        status.updatedNumberScheduled >= status.desiredNumberScheduled &&
        status.numberAvailable >= status.desiredNumberScheduled
      );
    case 'StatefulSet':
      // Before 1.22 a StatefulSet tells only how many are ready.
      return (
        (status.availableReplicas ?? status.readyReplicas) >= replicas &&
        status.readyReplicas >= replicas &&
        (partition > 0
          ? status.updatedReplicas >= replicas - partition
          : status.currentRevision === status.updateRevision || status.updatedReplicas >= replicas)
      );
    case 'Rollout':
      if (status.phase !== undefined) return status.phase === 'Healthy';
      return status.updatedReplicas >= replicas && available >= replicas;
    default:
      return (
        status.updatedReplicas >= replicas &&
        status.replicas <= status.updatedReplicas &&
        available >= status.updatedReplicas
      );
  }
}

/** Whether an object that is seen for the first time has rolled out some time, though not all of it is available. */
function isLongPast({ kind, generation }: Rolling, status: Status): boolean {
  if (kind === 'StatefulSet') return generation > 1 && status.currentRevision === status.updateRevision;
  if (kind === 'DaemonSet') {
    return generation > 1 && status.updatedNumberScheduled >= status.desiredNumberScheduled;
  }
  return progressing(status)?.reason === 'NewReplicaSetAvailable';
}

function progressing({ conditions }: Status): Condition | undefined {
  return conditions.find(({ type }) => type === 'Progressing');
}

/** StatefulSets and DaemonSets have no deadline: their rollouts end by success only, and their pods tell the trouble. */
function failureOf({ kind }: Rolling, status: Status): { reason: string; message?: string } | undefined {
  const condition = progressing(status);
  const late = condition?.status === 'False' && condition.reason === 'ProgressDeadlineExceeded';
  const aborted = kind === 'Rollout' && (status.abort === true || condition?.reason === 'RolloutAborted');
  if (!late && !aborted && !(kind === 'Rollout' && status.phase === 'Degraded')) return undefined;
  const stuck = status.conditions.find(
    ({ type, status: holds }) => type === 'ReplicaFailure' && holds === 'True',
  );
  const message = [condition?.message ?? status.message, stuck?.message].filter(Boolean).join(' ');
  return {
    reason: condition?.reason ?? (aborted ? 'RolloutAborted' : 'Degraded'),
    ...(message !== '' && { message }),
  };
}

function endOf({ kind, replicas, revision }: Rolling, status: Status): Omit<Rollout, 'state' | 'of'> {
  const condition = progressing(status);
  const at = condition?.lastUpdateTime ?? condition?.lastTransitionTime;
  return {
    ...(revision !== undefined && { revision }),
    ...(at !== undefined && { at }),
    counts:
      kind === 'DaemonSet'
        ? {
            desired: status.desiredNumberScheduled,
            updated: status.updatedNumberScheduled,
            ready: status.numberReady,
            available: status.numberAvailable,
          }
        : {
            desired: replicas,
            updated: status.updatedReplicas,
            ready: status.readyReplicas,
            available: status.availableReplicas ?? status.readyReplicas,
          },
    ...(status.conditions.length > 0 && { conditions: status.conditions.map(keepCondition) }),
  };
}

/** Without its heartbeat. */
function keepCondition({ type, status, reason, message }: Condition): Record<string, string> {
  return { type, status, ...(reason && { reason }), ...(message && { message: message.slice(0, 500) }) };
}

/** A rollout as it is kept. */
export function keepRollout({ counts, conditions, ...rollout }: Rollout): JsonObject {
  const { state, of, revision, reason, message, at } = rollout;
  return {
    state,
    of,
    ...(revision !== undefined && { revision }),
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message: message.slice(0, 1_000) }),
    ...(at !== undefined && { at }),
    ...(counts !== undefined && { counts }),
    ...(conditions !== undefined && { conditions }),
  };
}
