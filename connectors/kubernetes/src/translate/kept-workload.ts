import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import { Metadata, keepMetadata } from './metadata.js';
import type { Noise } from './noise-rules.js';
import { readTemplate, restartOf, templateDigest } from './pod-template.js';
import { Rollout, keepRollout, rolloutOf } from './rollout.js';

const maxTemplates = 10;

/** A template that a workload has or had: enough to know it again. */
const KnownTemplate = z.object({
  digest: z.string(),
  /** The generation that had it first: what is older is gone back to, what is newer is gone on to. */
  first: z.int(),
});
type KnownTemplate = z.output<typeof KnownTemplate>;

const Spec = z.record(
  z.string(),
  z.custom<JsonValue>((value) => value !== undefined),
);

/** A workload as it is kept. */
export const KeptWorkload = z.object({
  metadata: Metadata,
  spec: Spec,
  rollout: Rollout.optional().catch(undefined),
  /** The present one first. */
  templates: z.array(KnownTemplate).default([]).catch([]),
});
export type KeptWorkload = z.output<typeof KeptWorkload>;

/** How many pods are wanted. The API server fills in 1. */
export function replicasOf(spec: JsonObject): number {
  return typeof spec['replicas'] === 'number' ? spec['replicas'] : 1;
}

/** What is kept of a workload that rolls out, with the templates that it had. */
export function keepWorkload(
  kind: string,
  object: JsonObject,
  noise: Noise,
  before?: Kept,
): Kept | undefined {
  const metadata = keepMetadata(object['metadata'], noise);
  if (!metadata) return undefined;
  const spec = Spec.catch({}).parse(object['spec']);
  const generation = typeof metadata['generation'] === 'number' ? metadata['generation'] : 0;
  const digest = templateDigest(spec['template']);
  const known = before && relearned(KeptWorkload.safeParse(before).data, digest, spec, generation);
  const begun = rolloutBegin(spec, digest, generation, known);
  const rolling = {
    kind,
    generation,
    replicas: replicasOf(spec),
    partition: partitionOf(spec),
    revision: revisionOf(object['metadata']),
    status: object['status'],
  };
  return {
    metadata,
    spec,
    rollout: keepRollout(rolloutOf(rolling, begun, known?.rollout)),
    templates: knownTemplates(digest, begun, known?.templates ?? []),
  };
}

/**
 * What is known, in the words of today: while the generation is the same so is what is wanted, though an API server that
 * has been upgraded shows more of it.
 */
function relearned(
  known: KeptWorkload | undefined,
  digest: string,
  spec: JsonObject,
  generation: number,
): KeptWorkload | undefined {
  const [present, ...others] = known?.templates ?? [];
  if (!known || !present || known.metadata.generation !== generation) return known;
  return { ...known, spec, templates: [{ ...present, digest }, ...others] };
}

const Revised = z.object({ annotations: z.record(z.string(), z.unknown()) });

/** The number that controllers give to each rollout. Of a StatefulSet there is none: its revisions come again. */
function revisionOf(metadata: JsonValue | undefined): string | undefined {
  const annotations = Revised.safeParse(metadata).data?.annotations;
  const revision =
    annotations?.['deployment.kubernetes.io/revision'] ??
    annotations?.['deprecated.daemonset.template.generation'] ??
    annotations?.['rollout.argoproj.io/revision'];
  return typeof revision === 'string' ? revision.slice(0, 20) : undefined;
}

/** The generation that the present rollout is of: the first one that makes these pods, or makes them anew. */
function rolloutBegin(
  spec: JsonObject,
  digest: string,
  generation: number,
  known: KeptWorkload | undefined,
): number {
  if (!known?.rollout) return generation;
  const isSame = known.templates[0]?.digest === digest && restartTime(known.spec) === restartTime(spec);
  return isSame ? known.rollout.of : Math.max(generation, known.rollout.of + 1);
}

/** When the pods were last restarted on purpose: by kubectl’s annotation, or an Argo Rollout’s own field. */
export function restartTime({ template, restartAt }: JsonObject): JsonValue {
  return restartOf(readTemplate(template)) ?? restartAt ?? null;
}

function partitionOf({ updateStrategy }: JsonObject): number {
  const Partition = z.object({ rollingUpdate: z.object({ partition: z.int() }) });
  return Partition.safeParse(updateStrategy).data?.rollingUpdate.partition ?? 0;
}

function knownTemplates(
  digest: string,
  generation: number,
  known: readonly KnownTemplate[],
): KnownTemplate[] {
  const again = known.find((template) => template.digest === digest);
  const others = known.filter((template) => template.digest !== digest);
  return [{ digest, first: again?.first ?? generation }, ...others].slice(0, maxTemplates);
}

/** The generation that a step goes back to: the first with this template, where that is older than the one before. */
export function restoredGeneration(before: KeptWorkload, after: KeptWorkload): number | undefined {
  const [was, is] = [before.templates[0], after.templates[0]];
  if (!was || !is || was.digest === is.digest) return undefined;
  const isKnown = before.templates.some(({ digest }) => digest === is.digest);
  return isKnown && is.first < was.first ? is.first : undefined;
}
