import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import type { FieldManager } from './facts.js';
import { isObject } from './json-object.js';
import { type NoiseRule, noiseOfAnnotation, releaseLabels } from './noise-rules.js';

/** Fields that are left out of what is kept, by the rule that says so. */
const quietFields: readonly (readonly [readonly string[], NoiseRule])[] = [
  [['f:spec', 'f:volumeName'], 'volume_binding'],
  [['f:spec', 'f:claimRef'], 'volume_binding'],
  [['f:secrets'], 'service_account_tokens'],
  [['f:webhooks'], 'ca_bundles'],
  [['f:spec', 'f:conversion'], 'ca_bundles'],
  [['f:rules'], 'aggregated_roles'],
  ...[...releaseLabels].map((label) => [['f:metadata', 'f:labels', `f:${label}`], 'release_labels'] as const),
];

/**
 * By which rule a new version of an object is noise that is kept as the one before it: what it was that was written
 * last says so, as far as it can be known. For the count of what is suppressed.
 */
export function noiseOfWrite(managers: readonly FieldManager[]): NoiseRule {
  const timed = managers.map((manager) => ({ ...manager, at: Date.parse(manager.time ?? '') || 0 }));
  const last = timed.reduce<(typeof timed)[number] | undefined>(
    (latest, manager) => (latest === undefined || manager.at >= latest.at ? manager : latest),
    undefined,
  );
  if (last === undefined) return 'status_only';
  if (last.subresource === 'status' || Object.hasOwn(last.fields, 'f:status')) return 'status_only';
  return ofAnnotations(last.fields) ?? ofFields(last.fields) ?? 'bookkeeping';
}

function ofAnnotations(fields: JsonObject): NoiseRule | undefined {
  const annotations = within(fields, ['f:metadata', 'f:annotations']);
  const names = isObject(annotations) ? Object.keys(annotations) : [];
  const rules = names.flatMap((name) => noiseOfAnnotation(name.replace(/^f:/, '')) ?? []);
  return rules.find((rule) => rule !== 'bookkeeping');
}

function ofFields(fields: JsonObject): NoiseRule | undefined {
  return quietFields.find(([path]) => within(fields, path) !== undefined)?.[1];
}

function within(fields: JsonObject, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (place, key) => (isObject(place) && Object.hasOwn(place, key) ? place[key] : undefined),
    fields,
  );
}
