import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type ConfigKind, keepContent } from './config-content.js';
import { canonical } from './digest.js';
import type { Kept } from './facts.js';
import { isObject } from './json-object.js';
import { Metadata, keepMetadata } from './metadata.js';
import { type Noise, type NoiseRule, noiseRules, releaseLabels } from './noise-rules.js';

const Content = z.record(
  z.string(),
  z.custom<JsonValue>((value) => value !== undefined),
);

/** A configuration object as it is kept. */
export const KeptConfig = z.object({
  metadata: Metadata,
  /** By the names that its parts have in the API. */
  content: Content.catch({}),
  /** How often it was seen to change: times are whole seconds, in which it may change there and back and there. */
  edits: z.int().catch(0),
  /** The rule by which nothing of it is told. */
  quiet: z.enum(Object.keys(noiseRules) as [NoiseRule, ...NoiseRule[]]).optional(),
});
export type KeptConfig = z.output<typeof KeptConfig>;

/** What is kept of a configuration object. */
export function keepConfig(
  kind: ConfigKind,
  object: JsonObject,
  noise: Noise,
  before?: Kept,
): Kept | undefined {
  const metadata = keepMetadata(object['metadata'], noise);
  if (!metadata) return undefined;
  const rule = quietRule(kind, object, Metadata.parse(metadata));
  const whole = { metadata: quietLabels(metadata, noise), content: keepContent(kind, object, noise) };
  const kept = rule !== undefined && noise(rule) ? quietly(whole, rule) : whole;
  const edits = editsOf(kept, before);
  return edits === 0 ? kept : { ...kept, edits };
}

/** A lock may become configuration, and is compared with it then. Of all else that is quiet its name is enough. */
function quietly({ metadata, content }: { metadata: JsonObject; content: JsonObject }, quiet: NoiseRule) {
  if (quiet === 'leader_election') return { metadata, content, quiet };
  const { uid = null, name = null, namespace } = metadata;
  return { metadata: { uid, name, ...(namespace !== undefined && { namespace }) }, quiet };
}

function quietLabels(metadata: JsonObject, noise: Noise): JsonObject {
  const { labels, ...others } = metadata;
  if (labels === undefined || !noise('release_labels')) return metadata;
  const left = Object.entries(labels as JsonObject).filter(([name]) => !releaseLabels.has(name));
  return { ...others, ...(left.length > 0 && { labels: Object.fromEntries(left) }) };
}

function editsOf(kept: JsonObject, before: Kept | undefined): number {
  const known = before && KeptConfig.safeParse(before).data;
  if (!known) return 0;
  const isSame = canonical(wanted(KeptConfig.parse(kept))) === canonical(wanted(known));
  return known.edits + (isSame ? 0 : 1);
}

/** What an object shall be, by its paths as the API has them. */
export function wanted({ metadata: { labels, annotations }, content }: KeptConfig): JsonObject {
  return { metadata: { labels, annotations }, ...content };
}

/** ConfigMaps that controllers write for themselves, by their names. */
const generatedNames =
  /^(?:extension-apiserver-authentication|cluster-info|istio-ca-root-cert|istio-ca-crl|linkerd-identity-trust-roots|cluster-autoscaler-status|openshift-service-ca\.crt|config-trusted-cabundle|ingress-controller-leader(?:-.+)?|.+-leader-elect(?:ion|or)?)$/;
const generatedLabels = ['trust.cert-manager.io/bundle', 'config.openshift.io/inject-trusted-cabundle'];

/** By which rule nothing of an object is told, whatever becomes of it. */
function quietRule(kind: ConfigKind, object: JsonObject, { name, labels }: Metadata): NoiseRule | undefined {
  if (kind === 'Secret') {
    return object['type'] === 'kubernetes.io/service-account-token' ? 'service_account_tokens' : undefined;
  }
  if (kind !== 'ConfigMap') return undefined;
  if (name === 'kube-root-ca.crt') return 'root_ca';
  const { annotations } = Metadata.parse(object['metadata']);
  // A lock holds nothing; what holds something is configuration, whoever leads by it.
  const isLock = Object.hasOwn(annotations, 'control-plane.alpha.kubernetes.io/leader');
  if (isLock && isEmpty(object['data']) && isEmpty(object['binaryData'])) return 'leader_election';
  const isGenerated =
    generatedNames.test(name) || generatedLabels.some((label) => Object.hasOwn(labels, label));
  return isGenerated ? 'generated_configs' : undefined;
}

function isEmpty(data: JsonValue | undefined): boolean {
  return !isObject(data) || Object.keys(data).length === 0;
}
