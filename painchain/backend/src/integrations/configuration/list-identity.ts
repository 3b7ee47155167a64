import type { JsonObject, JsonValue } from '@painchain/contract';
import type { ConfigShape } from './config-shape.js';
import { isObject } from './json.js';

// By what people tell the items of a list apart, the best first.
const identities = [['name'], ['id'], ['url'], ['owner', 'repo'], ['path']] as const;

/**
 * Finds the item of `list` that is the same thing as a given one, by its name or the like. Undefined when there
 * is none, or more than one: then nothing may be taken over from it.
 */
export function itemFinder(list: JsonValue | undefined): (item: JsonValue) => number | undefined {
  const places = new Map<string, number | undefined>();
  const items = Array.isArray(list) ? list : [];
  items.forEach((item, index) => {
    for (const identity of identitiesOf(item)) places.set(identity, places.has(identity) ? undefined : index);
  });
  return (item) => {
    const [best] = identitiesOf(item);
    return best === undefined ? undefined : places.get(best);
  };
}

function identitiesOf(item: JsonValue): string[] {
  if (!isObject(item)) return [];
  return identities
    .filter((keys) => keys.every((key) => isScalar(item[key])))
    .map((keys) => JSON.stringify([keys, keys.map((key) => item[key])]));
}

function isScalar(value: JsonObject[string] | undefined): boolean {
  return scalarText(value).length > 0;
}

function scalarText(value: JsonValue | undefined): string[] {
  return typeof value === 'string' || typeof value === 'number' ? [`${value}`] : [];
}

const longestIdentity = 100;

/** What people call an item of a list, by members that may be shown. */
export function shownIdentity(item: JsonValue, shape: ConfigShape | undefined): string | undefined {
  if (!isObject(item) || !shape) return undefined;
  const isShown = (key: string) => shape.declares(key) && shape.member(key)?.isPublic === true;
  const [best] = identities
    .filter((keys) => keys.every((key) => isScalar(item[key]) && isShown(key)))
    .map((keys) => keys.flatMap((key) => scalarText(item[key])).join('/'));
  return best !== undefined && best.length <= longestIdentity ? best : undefined;
}
