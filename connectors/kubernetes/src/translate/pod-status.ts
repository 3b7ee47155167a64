import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import { Instant } from './instant.js';

const Text = z.string().optional().catch(undefined);

/** How a container has ended. */
const Run = z.object({
  exitCode: z.int().catch(0),
  reason: Text,
  message: Text,
  startedAt: Instant,
  finishedAt: Instant,
  containerID: Text,
});
export type Run = z.output<typeof Run>;

const State = z
  .object({
    waiting: z.object({ reason: Text, message: Text }).optional().catch(undefined),
    running: z.object({ startedAt: Instant }).optional().catch(undefined),
    terminated: Run.optional().catch(undefined),
  })
  .catch({});

const Container = z.object({
  name: z.string(),
  image: z.string().catch(''),
  ready: z.boolean().catch(false),
  restartCount: z.int().nonnegative().catch(0),
  state: State,
  lastState: State,
});
export type ContainerStatus = z.output<typeof Container>;

const Containers = z
  .array(Container.optional().catch(undefined))
  .transform((all) => all.filter((container) => container !== undefined))
  .catch([]);

const Condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: Text,
  message: Text,
  lastTransitionTime: Instant,
});

/** A pod’s status, of what is used of it. */
export const PodStatus = z
  .object({
    phase: Text,
    reason: Text,
    message: Text,
    conditions: z
      .array(Condition.optional().catch(undefined))
      .transform((all) => all.filter((condition) => condition !== undefined))
      .catch([]),
    initContainerStatuses: Containers,
    containerStatuses: Containers,
  })
  .catch({ conditions: [], initContainerStatuses: [], containerStatuses: [] });
export type PodStatus = z.output<typeof PodStatus>;

/** Initial containers first, as they run. */
export function containersOf({ initContainerStatuses, containerStatuses }: PodStatus): ContainerStatus[] {
  return [...initContainerStatuses, ...containerStatuses];
}

/** The run that has ended last, whether or not the next one has begun. */
export function lastRun({ state, lastState }: ContainerStatus): Run | undefined {
  return state.terminated ?? lastState.terminated;
}

/** What tells one run from any other of its container. */
export function runId({ containerID, finishedAt }: Run, restarts: number): string {
  return containerID?.split('://').at(-1)?.slice(0, 12) || finishedAt || String(restarts);
}

/** A container’s state, as an event says it. */
export function containerState(container: ContainerStatus): JsonObject {
  const { name, image, ready, restartCount, state } = container;
  const last = container.lastState.terminated;
  const { terminated } = state;
  const reason = state.waiting?.reason ?? terminated?.reason;
  const is = state.running ? 'running' : terminated ? 'terminated' : 'waiting';
  return {
    name,
    image,
    state: is,
    ...(reason && { reason }),
    ...(terminated && { exit_code: terminated.exitCode }),
    ready,
    restarts: restartCount,
    ...(last && {
      last_run: {
        ...(last.reason && { reason: last.reason }),
        exit_code: last.exitCode,
        ...(last.startedAt && { started_at: last.startedAt }),
        ...(last.finishedAt && { finished_at: last.finishedAt }),
      },
    }),
  };
}
