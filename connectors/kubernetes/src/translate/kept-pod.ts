import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import { Metadata, appOf } from './metadata.js';
import { PodOwner, podOwner } from './pod-owner.js';
import { PodStatus, containerState, containersOf } from './pod-status.js';
import { type Loops, Trouble, loopsOf, troublesOf } from './pod-trouble.js';
import { cutText } from './wording.js';

const maxMessage = 500;

const Ids = z.record(z.string(), z.string()).catch({});

/** A pod as it is kept: its troubles, and how it was when the last of them began. There may be thousands of pods. */
export const KeptPod = z.object({
  metadata: Metadata,
  owner: PodOwner,
  app: z.string().optional(),
  node: z.string().optional(),
  troubles: z.array(Trouble).catch([]),
  looping: Ids,
  next: Ids,
  long: Ids,
  containers: z.array(z.custom<JsonObject>((value) => typeof value === 'object')).catch([]),
});
export type KeptPod = z.output<typeof KeptPod>;

const Spec = z.object({ nodeName: z.string().optional().catch(undefined) }).catch({});

/** What is kept of a pod; `plain` takes the secrets out of what its containers and others have to say. */
export function keepPod(
  object: JsonObject,
  plain: (message: string) => string,
  before?: Kept,
): Kept | undefined {
  const metadata = Metadata.safeParse(object['metadata']).data;
  if (!metadata) return undefined;
  const known = before && KeptPod.safeParse(before).data;
  const status = PodStatus.parse(object['status']);
  const loops = loopsOf(status, known);
  const isEnding = metadata.deletionTimestamp !== undefined;
  const found = troublesOf(status, loops, known, isEnding).map((trouble) => plainTrouble(trouble, plain));
  const troubles = remembered(found, status, known?.troubles ?? []);
  const isNew = newTroubles(troubles, known?.troubles ?? []).length > 0;
  const { uid, name, namespace, creationTimestamp } = metadata;
  const owner = podOwner(metadata);
  return {
    metadata: { uid, name, ...(namespace && { namespace }), ...(creationTimestamp && { creationTimestamp }) },
    owner: { kind: owner.kind, name: owner.name },
    ...filled('looping', loops),
    ...filled('next', loops),
    ...filled('long', loops),
    ...(troubles.length > 0 && {
      app: appOf({ labels: metadata.labels, name: owner.name }),
      troubles: troubles.map(written),
      ...(isNew || !known ? circumstances(object['spec'], status) : knownCircumstances(known)),
    }),
  };
}

function filled(name: keyof Loops, loops: Loops): JsonObject {
  return Object.keys(loops[name]).length > 0 ? { [name]: loops[name] } : {};
}

/** A secret that is cut looks like none any more, so it is taken out first. */
function plainTrouble(trouble: Trouble, plain: (message: string) => string): Trouble {
  return trouble.message ? { ...trouble, message: cutText(plain(trouble.message), maxMessage) } : trouble;
}

/** Without what is undefined, as JSON can say it. */
function written(trouble: Trouble): JsonObject {
  return Object.fromEntries(Object.entries(trouble).filter(([, value]) => value !== undefined)) as JsonObject;
}

function circumstances(spec: unknown, status: PodStatus): JsonObject {
  const { nodeName: node } = Spec.parse(spec);
  return { ...(node && { node }), containers: containersOf(status).map(containerState) };
}

function knownCircumstances({ node, containers }: KeptPod): JsonObject {
  return { ...(node && { node }), containers };
}

/**
 * A trouble stays as it was told, whatever its message becomes. What keeps a container from being started is kept until
 * the next start, so that waiting, trying and waiting again is one trouble.
 */
function remembered(troubles: readonly Trouble[], status: PodStatus, before: readonly Trouble[]): Trouble[] {
  const tries = new Set(containersOf(status).map(({ name, restartCount }) => `${name} ${restartCount}`));
  const pending = before.filter(
    ({ id: [container, what, restarts] }) =>
      (what === 'image_pull' || what === 'start') && tries.has(`${container} ${restarts}`),
  );
  const known = new Map(before.map((trouble) => [idOf(trouble), trouble]));
  const present = troubles.map((trouble) => known.get(idOf(trouble)) ?? trouble);
  return [...present, ...newTroubles(pending, present)];
}

function idOf({ id }: Trouble): string {
  return id.join(' ');
}

export function newTroubles(troubles: readonly Trouble[], before: readonly Trouble[]): Trouble[] {
  const known = new Set(before.map(idOf));
  return troubles.filter((trouble) => !known.has(idOf(trouble)));
}
