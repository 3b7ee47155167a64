import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import { Instant } from './instant.js';
import { Metadata } from './metadata.js';
import type { Noise, NoiseRule } from './noise-rules.js';
import type { Secrecy } from './secrecy.js';
import { redactText } from './secret-text.js';
import { cutText } from './wording.js';

const Text = z.string().optional().catch(undefined);
const Count = z.int().nonnegative().optional().catch(undefined);

const Reference = z.object({ kind: z.string(), name: z.string(), namespace: Text });

/** An Event as it is kept: as it was when it was seen first, since all that follows is that it is seen again. */
export const KeptWarning = z.object({
  metadata: Metadata,
  type: z.string(),
  of: Reference,
  reason: z.string(),
  message: z.string().optional(),
  component: z.string().optional(),
  count: z.int().optional(),
  at: Instant,
  /** The rule by which it is not told. */
  quiet: z.string().optional(),
});
export type KeptWarning = z.output<typeof KeptWarning>;

/** An Event of the core, or of events.k8s.io, where some fields have other names. */
const Given = z.object({
  type: Text,
  reason: Text,
  message: Text,
  note: Text,
  involvedObject: Reference.optional().catch(undefined),
  regarding: Reference.optional().catch(undefined),
  source: z.object({ component: Text }).optional().catch(undefined),
  reportingComponent: Text,
  reportingController: Text,
  eventTime: Instant,
  firstTimestamp: Instant,
  deprecatedFirstTimestamp: Instant,
  count: Count,
  deprecatedCount: Count,
  series: z.object({ count: Count }).optional().nullable().catch(undefined),
});
type Given = z.output<typeof Given>;

/** What pods, workloads and nodes tell by themselves, with more of what is behind it. */
const toldReasons = new Set([
  'BackOff',
  'Failed',
  'ErrImageNeverPull',
  'InspectFailed',
  'FailedScheduling',
  'Evicted',
  'Preempted',
  'EvictionThresholdMet',
  'NodeNotReady',
  'TaintManagerEviction',
  'BackoffLimitExceeded',
  'DeadlineExceeded',
  'ProgressDeadlineExceeded',
]);
const toldKinds = new Set(['Application', 'Kustomization', 'HelmRelease', 'GitRepository']);

/** What a horizontal autoscaler warns of, every fifteen seconds while it lasts. */
const metricsReasons = /^FailedGet\w*Metrics?$|^FailedComputeMetricsReplicas$/;

/** What the API server tells writers that meet, and the kubelet a pod whose volumes it has not heard of yet. */
const retried =
  /the object has been modified|failed to sync (?:configmap|secret) cache|object "[^"]{1,63}"\/"[^"]{1,253}" not registered/;

/** So many failures of a probe are more than a pod has while it starts. */
const manyFailures = 10;

export function keepWarning(
  object: JsonObject,
  noise: Noise,
  secrecy: Secrecy,
  before?: Kept,
): Kept | undefined {
  const metadata = Metadata.safeParse(object['metadata']).data;
  const given = Given.safeParse(object).data;
  const of = given?.involvedObject ?? given?.regarding;
  if (!metadata || !given || !of) return undefined;
  const count = given.series?.count ?? given.count ?? given.deprecatedCount;
  const quiet = [ruleOf(given, of.kind, count ?? 1)].find((rule) => rule !== undefined && noise(rule));
  if (before && before['quiet'] === quiet) return before;
  const message = given.message ?? given.note;
  const component = given.source?.component ?? (given.reportingComponent || given.reportingController);
  const at = given.firstTimestamp ?? given.deprecatedFirstTimestamp ?? given.eventTime;
  const { uid, name, namespace } = metadata;
  return {
    metadata: { uid, name, ...(namespace && { namespace }) },
    type: given.type ?? 'Normal',
    of: { kind: of.kind, name: of.name, ...(of.namespace && { namespace: of.namespace }) },
    reason: given.reason ?? 'Unknown',
    ...(message && { message: cutText(redactText(message.trim(), secrecy), 1_000) }),
    ...(component && { component }),
    ...(count !== undefined && { count }),
    ...(at && { at }),
    ...(quiet && { quiet }),
  };
}

function ruleOf(
  { type, reason = '', message, note }: Given,
  kind: string,
  count: number,
): NoiseRule | undefined {
  if (type !== 'Warning') return 'normal_events';
  if (toldReasons.has(reason) || toldKinds.has(kind)) return 'told_elsewhere';
  if (count >= manyFailures) return undefined;
  if (reason === 'Unhealthy') return 'probe_failures';
  const isRetried = metricsReasons.test(reason) || retried.test(message ?? note ?? '');
  return isRetried ? 'retries' : undefined;
}
