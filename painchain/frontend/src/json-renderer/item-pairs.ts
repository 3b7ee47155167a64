import type { JsonObject, JsonValue } from '@painchain/contract';
import { isJsonObject, isScalar } from './structures.js';

type Pair = { before: JsonValue; after: JsonValue; label: string; index: number };

/** Keys by which the items of a list are told apart, the most telling first. */
const identities = ['name', 'id', 'key', 'uid', 'path', 'sha', 'type'];

/**
 * The items of two lists of objects, each with what it was: by what they are called, or by their places where no key
 * tells them apart and none came or went. Undefined for lists that are compared as a whole.
 */
export function itemPairs(before: JsonValue[], after: JsonValue[]): Pair[] | undefined {
  if (!before.every(isJsonObject) || !after.every(isJsonObject)) return undefined;
  const identity = identities.find((key) => isIdentity(key, before) && isIdentity(key, after));
  if (identity !== undefined) return pairsBy(identity, before, after);
  if (before.length !== after.length) return undefined;
  return after.map((one, index) => ({
    before: before[index] ?? null,
    after: one,
    label: `${index + 1}`,
    index,
  }));
}

function isIdentity(key: string, list: JsonObject[]): boolean {
  const all = list.map((one) => (Object.hasOwn(one, key) ? one[key] : null) ?? null);
  return all.every((one) => one !== null && isScalar(one)) && new Set(all).size === all.length;
}

function nameOf(identity: JsonValue | undefined): string {
  return typeof identity === 'string' ? identity : JSON.stringify(identity);
}

function pairsBy(identity: string, before: JsonObject[], after: JsonObject[]): Pair[] {
  const byName = (list: JsonObject[]) => new Map(list.map((one) => [nameOf(one[identity]), one]));
  const [were, are] = [byName(before), byName(after)];
  return [...new Set([...were.keys(), ...are.keys()])].map((label, index) => ({
    before: were.get(label) ?? null,
    after: are.get(label) ?? null,
    label,
    index,
  }));
}
