import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { keepTexts } from './config-text.js';
import { crdSpec } from './crd-content.js';
import { shownDigest } from './digest-text.js';
import { canonical } from './digest.js';
import { ingressSpec } from './ingress-content.js';
import { isObject } from './json-object.js';
import type { Noise } from './noise-rules.js';
import { cutText } from './wording.js';

/** Of an object, as the API has it, what somebody wanted it to be. */
type ContentOf = (object: JsonObject, noise: Noise) => JsonObject;

/** One part of an object, such as a rule of hundreds, is kept up to this length. */
const maxPartCharacters = 16_000;
const maxTextCharacters = 1_000;

const contents = {
  ConfigMap: (object) => ({ ...textContent(object), ...members(object, 'immutable') }),
  Secret: (object) => ({ ...textContent(object), ...members(object, 'type', 'immutable') }),
  Service: (object, noise) => ({ spec: noise('defaults') ? serviceSpec(specOf(object)) : specOf(object) }),
  Ingress: (object) => ({ spec: ingressSpec(specOf(object)) }),
  Gateway: (object) => members(object, 'spec'),
  HTTPRoute: (object) => members(object, 'spec'),
  NetworkPolicy: (object) => members(object, 'spec'),
  PodDisruptionBudget: (object) => members(object, 'spec'),
  ResourceQuota: (object) => members(object, 'spec'),
  LimitRange: (object) => members(object, 'spec'),
  Namespace: () => ({}),
  ServiceAccount: (object, noise) => ({
    ...members(object, 'automountServiceAccountToken'),
    ...(noise('service_account_tokens')
      ? { imagePullSecrets: pullSecrets(object) }
      : members(object, 'secrets', 'imagePullSecrets')),
  }),
  Role: (object) => members(object, 'rules'),
  ClusterRole: (object, noise) =>
    isAggregated(object) && noise('aggregated_roles')
      ? members(object, 'aggregationRule')
      : members(object, 'rules', 'aggregationRule'),
  RoleBinding: (object) => members(object, 'roleRef', 'subjects'),
  ClusterRoleBinding: (object) => members(object, 'roleRef', 'subjects'),
  CustomResourceDefinition: (object, noise) => ({ spec: withoutBundles(crdSpec(specOf(object)), noise) }),
  MutatingWebhookConfiguration: webhooks,
  ValidatingWebhookConfiguration: webhooks,
  PersistentVolume: (object, noise) => ({
    spec: without(specOf(object), noise('volume_binding'), 'claimRef'),
  }),
  PersistentVolumeClaim: (object, noise) => ({
    spec: without(specOf(object), noise('volume_binding'), 'volumeName'),
  }),
  StorageClass: (object) =>
    members(
      object,
      'provisioner',
      'parameters',
      'reclaimPolicy',
      'volumeBindingMode',
      'allowVolumeExpansion',
      'mountOptions',
      'allowedTopologies',
    ),
  PriorityClass: (object) => members(object, 'value', 'globalDefault', 'preemptionPolicy', 'description'),
} satisfies Record<string, ContentOf>;

export type ConfigKind = keyof typeof contents;

/** What is kept of the content of an object: no more of each part than shows that it differs. */
export function keepContent(kind: ConfigKind, object: JsonObject, noise: Noise): JsonObject {
  const content = (contents[kind] as ContentOf)(object, noise);
  if (kind === 'ConfigMap' || kind === 'Secret') return content;
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, boundedParts(value)]));
}

function specOf({ spec }: JsonObject): JsonObject {
  return isObject(spec) ? spec : {};
}

function members(object: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = object[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

function without(object: JsonObject, isNoise: boolean, ...names: string[]): JsonObject {
  if (!isNoise) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** What is binary is known by its digest only. */
function textContent({ data, binaryData }: JsonObject): JsonObject {
  const texts = Object.entries(isObject(data) ? data : {}).map(([name, text]) => [name, asText(text)]);
  const binary = Object.entries(isObject(binaryData) ? binaryData : {}).map(([name, bytes]) => [
    name,
    `${asText(bytes).length} characters ${shownDigest(bytes)}`,
  ]);
  return {
    ...(texts.length > 0 && { data: keepTexts(Object.fromEntries(texts) as Record<string, string>) }),
    ...(binary.length > 0 && { binaryData: Object.fromEntries(binary) as JsonObject }),
  };
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : canonical(value);
}

/**
 * Addresses that the API server gives out; that it shall give none is somebody’s will. What an API server fills in that
 * is newer than the object is filled in of those before it, too: an upgrade of the cluster is no edit of its Services.
 */
function serviceSpec(spec: JsonObject): JsonObject {
  const { clusterIP, type } = spec;
  return {
    ...(type !== 'ExternalName' && { internalTrafficPolicy: 'Cluster', ipFamilyPolicy: 'SingleStack' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
    ...without(spec, true, 'clusterIP', 'clusterIPs', 'ipFamilies', 'healthCheckNodePort'),
    ...(clusterIP === 'None' && { clusterIP }),
  };
}

/** OpenShift adds a pull secret of its own to each account. */
function pullSecrets({ imagePullSecrets }: JsonObject): JsonValue {
  if (!Array.isArray(imagePullSecrets)) return null;
  return imagePullSecrets.filter((secret) => {
    const name = isObject(secret) ? secret['name'] : undefined;
    return typeof name !== 'string' || !/-dockercfg-[a-z0-9]{5}$/.test(name);
  });
}

function isAggregated({ aggregationRule }: JsonObject): boolean {
  return isObject(aggregationRule);
}

function webhooks(object: JsonObject, noise: Noise): JsonObject {
  const list = Array.isArray(object['webhooks']) ? object['webhooks'] : [];
  return { webhooks: list.map((webhook) => withoutBundles(webhook, noise)) };
}

/** Wherever they stand: `caBundle` of the client that a webhook is called by. */
function withoutBundles(value: JsonValue, noise: Noise): JsonValue {
  if (!noise('ca_bundles')) return value;
  if (Array.isArray(value)) return value.map((item) => withoutBundles(item, noise));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      name === 'caBundle' ? [] : [[name, withoutBundles(inner, noise)]],
    ),
  );
}

function boundedParts(value: JsonValue): JsonValue {
  if (!isObject(value)) return bounded(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, bounded(part)]));
}

/** A part that is too long is known by its length and its digest. */
function bounded(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    if (value.length <= maxTextCharacters) return value;
    return `${cutText(value, maxTextCharacters)} ${shownDigest(value)}`;
  }
  const { length } = canonical(value);
  return length <= maxPartCharacters ? value : `${shownDigest(value)} (${length} characters)`;
}
