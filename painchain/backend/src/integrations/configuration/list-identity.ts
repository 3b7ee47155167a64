import type { JsonObject, JsonValue } from '@painchain/contract';
import { isObject } from './json.js';

// By what people tell the items of a list apart, the best first.
const identities = [['name'], ['id'], ['url'], ['owner', 'repo'], ['path']] as const;

/**
 * The item of `list` that is the same thing as `item`, by its name or the like. Undefined when there is none,
 * or more than one: then nothing may be taken over from it.
 */
export function sameItem(item: JsonValue, list: JsonValue | undefined): number | undefined {
  if (!isObject(item) || !Array.isArray(list)) return undefined;
  const identity = identities.find((keys) => keys.every((key) => isScalar(item[key])));
  if (!identity) return undefined;
  const matches = (other: JsonValue) => isObject(other) && identity.every((key) => other[key] === item[key]);
  const index = list.findIndex(matches);
  return index !== -1 && list.findLastIndex(matches) === index ? index : undefined;
}

function isScalar(value: JsonObject[string] | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
