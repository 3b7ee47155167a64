import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import { Instant } from './instant.js';
import { Metadata, keepMetadata } from './metadata.js';
import type { Noise } from './noise-rules.js';
import { cutText } from './wording.js';

const Text = z.string().optional().catch(undefined);
const Revisions = z.array(z.string()).catch([]);

/** A synchronization that has ended. */
const Operation = z.object({
  id: z.string(),
  phase: z.string(),
  message: z.string().optional(),
  at: Instant,
  /** Who has asked for it; absent: Argo CD itself, or a controller. */
  by: z.string().optional(),
  automated: z.boolean().optional(),
  revisions: Revisions,
});
export type Operation = z.output<typeof Operation>;

/** How it was when it was last either Healthy or Degraded. */
const Health = z.object({ status: z.string(), message: z.string().optional(), at: Instant });
export type Health = z.output<typeof Health>;

const Spec = z.record(
  z.string(),
  z.custom<JsonValue>((value) => value !== undefined),
);

/** An Argo CD Application as it is kept. */
export const KeptApplication = z.object({
  metadata: Metadata,
  spec: Spec,
  operation: Operation.optional(),
  /** What the last successful synchronization was to. */
  synced: Revisions,
  health: Health.optional(),
});
export type KeptApplication = z.output<typeof KeptApplication>;

const Sync = z.object({ revision: Text, revisions: Revisions }).optional().catch(undefined);

const Status = z
  .object({
    health: z
      .object({ status: Text, message: Text, lastTransitionTime: Instant })
      .optional()
      .catch(undefined),
    reconciledAt: Instant,
    operationState: z
      .object({
        phase: z.string(),
        message: Text,
        startedAt: Text,
        finishedAt: Instant,
        syncResult: Sync,
        operation: z
          .object({
            initiatedBy: z
              .object({ username: Text, automated: z.boolean().optional().catch(undefined) })
              .optional()
              .catch(undefined),
            sync: z
              .object({
                revision: Text,
                revisions: Revisions,
                dryRun: z.boolean().optional().catch(undefined),
              })
              .optional()
              .catch(undefined),
          })
          .catch({}),
      })
      .optional()
      .catch(undefined),
  })
  .catch({});
type Status = z.output<typeof Status>;

const ended = new Set(['Succeeded', 'Failed', 'Error']);

export function keepApplication(object: JsonObject, noise: Noise, before?: Kept): Kept | undefined {
  const metadata = keepMetadata(object['metadata'], noise);
  const spec = Spec.safeParse(object['spec'] ?? {}).data;
  if (!metadata || !spec) return undefined;
  const known = before && KeptApplication.safeParse(before).data;
  const status = Status.parse(object['status'] ?? {});
  const operation = operationOf(status) ?? known?.operation;
  const synced = operation?.phase === 'Succeeded' ? operation.revisions : (known?.synced ?? []);
  const health = healthOf(status, known?.health);
  // It counts each look at the cluster as a generation, and notes in annotations whom it has notified.
  const { generation: _, annotations: __, ...rest } = metadata;
  return {
    metadata: rest,
    spec,
    ...(operation && { operation: written(operation) }),
    synced,
    ...(health && { health: written(health) }),
  };
}

function written(value: Operation | Health): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as JsonObject;
}

function revisionsOf(sync: z.output<typeof Sync>): string[] | undefined {
  if (sync === undefined) return undefined;
  if (sync.revisions.length > 0) return sync.revisions;
  return sync.revision ? [sync.revision] : undefined;
}

/** The last synchronization, if it has ended and was meant to change something. */
function operationOf({ operationState }: Status): Operation | undefined {
  if (!operationState || !ended.has(operationState.phase)) return undefined;
  const { phase, message, startedAt, finishedAt, syncResult, operation } = operationState;
  if (!operation.sync && !syncResult) return undefined;
  if (operation.sync?.dryRun) return undefined;
  const { username, automated } = operation.initiatedBy ?? {};
  return {
    id: startedAt ?? finishedAt ?? '',
    phase,
    ...(message && { message: cutText(message, 1_000) }),
    ...(finishedAt && { at: finishedAt }),
    ...(username && { by: username }),
    ...(automated && { automated }),
    revisions: revisionsOf(syncResult) ?? revisionsOf(operation.sync) ?? [],
  };
}

/** Since when it is so is noted when it becomes so: each later look has a later instant. */
function healthOf({ health, reconciledAt }: Status, before: Health | undefined): Health | undefined {
  const status = health?.status;
  if ((status !== 'Healthy' && status !== 'Degraded') || status === before?.status) return before;
  const at = health?.lastTransitionTime ?? reconciledAt;
  const message = health?.message;
  return { status, ...(message && { message: cutText(message, 1_000) }), ...(at && { at }) };
}
