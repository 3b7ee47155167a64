import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import { Instant } from './instant.js';
import { Metadata, keepMetadata } from './metadata.js';
import type { Noise } from './noise-rules.js';
import { cutText } from './wording.js';

const Text = z.string().optional().catch(undefined);

/** What is applied. */
const Applied = z.object({
  /** `main@sha1:…`, or a chart’s version. */
  revision: z.string(),
  /** Of a HelmRelease, the number that Helm has given it. */
  number: z.int().optional(),
  app: z.string().optional(),
  /** What an image of OCI was made from, where its maker tells that. */
  origin: z.string().optional(),
  at: Instant,
});
export type Applied = z.output<typeof Applied>;

/** Why it is not ready. */
const Failure = z.object({
  reason: z.string(),
  message: z.string().optional(),
  /** What was tried. */
  revision: z.string().optional(),
  at: Instant,
});
export type Failure = z.output<typeof Failure>;

const Spec = z.record(
  z.string(),
  z.custom<JsonValue>((value) => value !== undefined),
);

/** An object of Flux as it is kept. */
export const KeptFlux = z.object({
  metadata: Metadata,
  spec: Spec,
  suspended: z.boolean(),
  applied: Applied.optional(),
  /** Since it was last ready. */
  failures: z.array(Failure).catch([]),
  /** Since when it is ready, if it is. */
  ready: Instant,
});
export type KeptFlux = z.output<typeof KeptFlux>;

const Release = z.object({
  chartVersion: z.string(),
  appVersion: Text,
  version: z.int().optional().catch(undefined),
  status: Text,
  lastDeployed: Instant,
});

const Status = z
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
    lastAppliedRevision: Text,
    lastAppliedOriginRevision: Text,
    lastAttemptedRevision: Text,
    lastReleaseRevision: z.int().optional().catch(undefined),
    history: z.array(Release).catch([]),
  })
  .catch({ conditions: [], history: [] });
type Status = z.output<typeof Status>;

/** On its way, or waiting for another object that tells by itself why it isn’t ready. */
const passing = new Set(['Progressing', 'ProgressingWithRetry', 'DependencyNotReady', 'Unknown']);
const maxFailures = 10;

export function keepFlux(object: JsonObject, noise: Noise, before?: Kept): Kept | undefined {
  const metadata = keepMetadata(object['metadata'], noise);
  const spec = Spec.safeParse(object['spec'] ?? {}).data;
  if (!metadata || !spec) return undefined;
  const known = before && KeptFlux.safeParse(before).data;
  const status = Status.parse(object['status'] ?? {});
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  const applied = appliedOf(status, known?.applied);
  const failures = failuresOf(status, known?.failures ?? []);
  const readySince = ready?.status === 'True' ? ready.lastTransitionTime : undefined;
  const { suspend, ...wanted } = spec;
  const { annotations: _, ...rest } = metadata;
  return {
    metadata: rest,
    spec: wanted,
    suspended: suspend === true,
    ...(applied && { applied: written(applied) }),
    ...(failures.length > 0 && { failures: failures.map(written) }),
    // It is ready anew behind each look; only the first time behind a failure is of interest.
    ...(failures.length === 0 && known?.failures.length && readySince && { ready: readySince }),
    ...(failures.length === 0 && !known?.failures.length && known?.ready && { ready: known.ready }),
  };
}

function written(value: Applied | Failure): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as JsonObject;
}

/** What is applied, as it was when that was seen first. */
function appliedOf(status: Status, before: Applied | undefined): Applied | undefined {
  const applied = releaseOf(status) ?? revisionOf(status);
  if (!applied) return before;
  const isKnown = applied.revision === before?.revision && applied.number === before.number;
  return isKnown ? before : applied;
}

function revisionOf({
  lastAppliedRevision: revision,
  lastAppliedOriginRevision: origin,
  lastReleaseRevision,
  conditions,
}: Status): Applied | undefined {
  if (!revision) return undefined;
  const at = conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return {
    revision,
    ...(lastReleaseRevision && { number: lastReleaseRevision }),
    ...(origin && { origin }),
    ...(at && { at }),
  };
}

/** Of the releases that it has made, the one that is deployed: the newest are first. */
function releaseOf({ history }: Status): Applied | undefined {
  const release = history.find(({ status }) => status === 'deployed');
  if (!release) return undefined;
  const { chartVersion, appVersion, version, lastDeployed } = release;
  return {
    revision: chartVersion,
    ...(version !== undefined && { number: version }),
    ...(appVersion && { app: appVersion }),
    ...(lastDeployed && { at: lastDeployed }),
  };
}

/** Why it isn’t ready: each reason once for what was tried, until it is ready again. */
function failuresOf(status: Status, before: readonly Failure[]): readonly Failure[] {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True') return [];
  const reason = ready?.reason ?? 'NotReady';
  if (ready?.status !== 'False' || passing.has(reason)) return before;
  const revision = status.lastAttemptedRevision;
  if (before.some((failure) => failure.reason === reason && failure.revision === revision)) return before;
  const { message, lastTransitionTime: at } = ready;
  const failure: Failure = {
    reason,
    ...(message && { message: cutText(message, 1_000) }),
    ...(revision && { revision }),
    ...(at && { at }),
  };
  return [failure, ...before].slice(0, maxFailures);
}
