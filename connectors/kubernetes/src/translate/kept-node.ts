import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import type { FieldPath } from './field-diff.js';
import { Instant } from './instant.js';
import { Metadata } from './metadata.js';
import { owns } from './who.js';
import { cutText } from './wording.js';

const Text = z.string().optional().catch(undefined);

/** Of these, true is trouble. What else there is, such as EtcdIsVoter, may mean anything. */
const troubles = [
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  'NetworkUnavailable',
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'CorruptDockerOverlay2',
  'FrequentKubeletRestart',
  'FrequentContainerdRestart',
];

/** How a node is in one respect. Its heartbeat is none of it. */
const Condition = z.object({
  type: z.string(),
  isGood: z.boolean(),
  reason: Text,
  message: Text,
  /** Since when. */
  at: Instant,
});
export type NodeCondition = z.output<typeof Condition>;

/** A node as it is kept. */
export const KeptNode = z.object({
  metadata: Metadata,
  cordoned: z.boolean(),
  /** When it was, which tells one time from the next. */
  cordonedAt: Instant,
  conditions: z.array(Condition),
  kubelet: z.string(),
  /** How often its kubelet has become another one. */
  upgrades: z.int(),
  system: z.record(z.string(), z.string()).catch({}),
});
export type KeptNode = z.output<typeof KeptNode>;

const Given = z.object({
  spec: z
    .object({ unschedulable: z.boolean().catch(false), providerID: Text })
    .catch({ unschedulable: false, providerID: undefined }),
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: Text,
            message: Text,
            lastTransitionTime: Instant,
          }),
        )
        .catch([]),
      nodeInfo: z.record(z.string(), z.unknown()).catch({}),
    })
    .catch({ conditions: [], nodeInfo: {} }),
});

const Managed = z.object({
  managedFields: z
    .array(z.object({ time: Instant, fieldsV1: z.record(z.string(), z.json()).catch({}) }))
    .catch([]),
});

const systemFields = {
  osImage: 'os',
  kernelVersion: 'kernel',
  containerRuntimeVersion: 'runtime',
  architecture: 'architecture',
};

const placeLabels = {
  'topology.kubernetes.io/zone': 'zone',
  'node.kubernetes.io/instance-type': 'instance_type',
};

export function keepNode(object: JsonObject, before?: Kept): Kept | undefined {
  const metadata = Metadata.safeParse(object['metadata']).data;
  const given = Given.safeParse(object).data;
  if (!metadata || !given) return undefined;
  const known = before && KeptNode.safeParse(before).data;
  const { uid, name, creationTimestamp, labels } = metadata;
  const { nodeInfo, conditions } = given.status;
  const kubelet = textOf(nodeInfo['kubeletVersion']) ?? known?.kubelet ?? '';
  const cordonedAt = given.spec.unschedulable
    ? (known?.cordonedAt ?? writtenAt(object['metadata'], ['spec', 'unschedulable']))
    : undefined;
  const isOther = known !== undefined && known.kubelet !== '' && known.kubelet !== kubelet;
  return {
    metadata: { uid, name, ...(creationTimestamp && { creationTimestamp }) },
    cordoned: given.spec.unschedulable,
    ...(cordonedAt && { cordonedAt }),
    conditions: conditions
      .filter(({ type }) => type === 'Ready' || troubles.includes(type))
      .map((condition) => keptCondition(condition, known)),
    kubelet,
    upgrades: (known?.upgrades ?? 0) + (isOther ? 1 : 0),
    system: { ...named(nodeInfo, systemFields), ...named(labels, placeLabels), ...roles(labels) },
  };
}

function keptCondition(
  condition: z.output<typeof Given>['status']['conditions'][number],
  known: KeptNode | undefined,
): JsonObject {
  const { type, status, reason, message, lastTransitionTime: at } = condition;
  // A node that hasn’t been heard of is not ready, but nothing is known of its memory.
  const isGood = type === 'Ready' ? status === 'True' : status !== 'True';
  const before = known?.conditions.find((other) => other.type === type);
  const told = before?.isGood === isGood ? before : { reason, message, at };
  return {
    type,
    isGood,
    ...(told.reason && { reason: told.reason }),
    ...(told.message && { message: cutText(told.message, 500) }),
    ...(told.at && { at: told.at }),
  };
}

/** When a field was written last. Once it is gone nobody owns it, and nothing tells that any more. */
function writtenAt(metadata: unknown, path: FieldPath): string | undefined {
  const { managedFields } = Managed.parse(metadata);
  const times = managedFields.flatMap(({ time, fieldsV1 }) => (time && owns(fieldsV1, path) ? [time] : []));
  return times.sort().at(-1);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function named(
  given: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, as]) => {
      const text = textOf(given[field]);
      return text === undefined ? [] : [[as, text]];
    }),
  );
}

function roles(labels: Readonly<Record<string, string>>): { roles?: string } {
  const prefix = 'node-role.kubernetes.io/';
  const found = Object.keys(labels).flatMap((name) =>
    name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
  return found.length > 0 ? { roles: found.sort().join(', ') } : {};
}
