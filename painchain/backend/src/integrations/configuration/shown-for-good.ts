import type { JsonObject, JsonValue } from '@painchain/contract';
import { redactText } from '@painchain/runtime';
import type { ConfigShape } from './config-shape.js';
import { isObject } from './json.js';

const mostBytes = 4_000;
const mostDepth = 8;
/** Shorter ones occur by chance, and hiding what holds them would tell of them. */
const shortestSecret = 8;

/**
 * Says whether something may be written into an event, which nobody can change later: it neither is too long to read,
 * nor looks like a secret, nor holds one of these configurations' secrets that was copied to where all may see it.
 */
export function fitsEvent(
  configs: readonly JsonObject[],
  shape: ConfigShape,
): (value: JsonObject) => boolean {
  const secrets = new Set(configs.flatMap((config) => secretsIn(config, shape)));
  return (value) => {
    const text = JSON.stringify(value);
    if (Buffer.byteLength(text) > mostBytes || depthOf(value) > mostDepth) return false;
    return redactText(text) === text && ![...secrets].some((secret) => text.includes(secret));
  };
}

/** As they stand in JSON. */
function secretsIn(value: JsonValue, shape: ConfigShape | undefined): string[] {
  if (isObject(value) && (shape?.declaresMembers || !shape?.isPublic)) {
    return Object.entries(value).flatMap(([key, member]) => secretsIn(member, shape?.member(key)));
  }
  if (Array.isArray(value) && (shape?.declaresItems || !shape?.isPublic)) {
    return value.flatMap((item) => secretsIn(item, shape?.item()));
  }
  if (shape?.isPublic || (typeof value !== 'string' && typeof value !== 'number')) return [];
  const text = JSON.stringify(`${value}`).slice(1, -1);
  return text.length >= shortestSecret ? [text] : [];
}

function depthOf(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
