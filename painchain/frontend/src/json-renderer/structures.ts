import type { JsonObject, JsonValue } from '@painchain/contract';
import { hintForKey } from './hint.js';
import { renderLimits } from './limits.js';

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

const changePairs = [
  ['old', 'new'],
  ['before', 'after'],
  ['from', 'to'],
  ['previous', 'current'],
] as const;

export type Change = {
  before: JsonValue;
  after: JsonValue;
  /** What the two sides are called. */
  keys: readonly [string, string];
};

/** The two sides of an object that is exactly a change, such as {old, new}. */
export function changeOf(value: JsonObject): Change | undefined {
  if (Object.keys(value).length !== 2) return undefined;
  for (const [first, second] of changePairs) {
    if (Object.hasOwn(value, first) && Object.hasOwn(value, second)) {
      return { before: value[first] ?? null, after: value[second] ?? null, keys: [first, second] };
    }
  }
  return undefined;
}

/** The name that a person or machine goes by; a plain name counts only when the key says that it is a user. */
export function userName(value: JsonObject, keySaysUser: boolean): string | undefined {
  const login = own(value, 'login') ?? own(value, 'username');
  if (isName(login)) return keySaysUser || isOnlyUser(value) ? login : undefined;
  const name = own(value, 'name');
  return keySaysUser && isName(name) ? name : undefined;
}

/** Other things have a user's name, too: an invitation, a request to sign. They say more, and have no picture. */
function isOnlyUser(value: JsonObject): boolean {
  if (Object.hasOwn(value, 'avatar_url')) return true;
  return Object.keys(value).length <= 4 && Object.values(value).every(isScalar);
}

function isName(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 100;
}

export function isScalar(value: JsonValue): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}

/** The keys of objects of one small shape, though some may lack this or that. */
export function columnsOf(rows: readonly JsonObject[]): string[] {
  return [...new Set(rows.flatMap(keysOf))];
}

/** Objects of one small shape with nothing nested, which read best as a table. */
export function isTable(list: JsonValue[]): list is JsonObject[] {
  const isFlat = (row: JsonValue): row is JsonObject =>
    isJsonObject(row) &&
    Object.keys(row).length <= renderLimits.columns &&
    Object.values(row).every(isScalar);
  if (list.length < 2 || !list.every(isFlat)) return false;
  const columns = columnsOf(list);
  const shared = columns.filter((column) => list.every((row) => Object.hasOwn(row, column)));
  return columns.length <= renderLimits.columns && shared.length > 0 && shared.length * 3 >= columns.length;
}

/**
 * The lists and objects inside a value that may be laid out, breadth first, so that 5,000 values go to what lies on
 * top. What is not among them is shown as JSON text.
 */
export function affordable(root: JsonValue, nodes: number = renderLimits.nodes): Set<object> {
  const open = new Set<object>();
  const queue: JsonValue[] = [root];
  let left = nodes;
  for (let index = 0; index < queue.length; index += 1) {
    const value = queue[index];
    if (typeof value !== 'object' || value === null) continue;
    const inside = Array.isArray(value)
      ? value.slice(0, renderLimits.items)
      : Object.values(value).slice(0, renderLimits.keys);
    const cost = inside.length + linesToCompare(value);
    if (cost > left) continue;
    left -= cost;
    open.add(value);
    queue.push(...inside);
  }
  return open;
}

/** Lines that are laid out for a change of two texts; each is a node as any other. */
function linesToCompare(value: object): number {
  const change = Array.isArray(value) ? undefined : changeOf(value as JsonObject);
  if (typeof change?.before !== 'string' || typeof change.after !== 'string') return 0;
  return Math.min(renderLimits.diffLines, change.before.split('\n').length + change.after.split('\n').length);
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Keys of an object in the order they came in, without those that no path may lead through. */
export function keysOf(value: JsonObject): string[] {
  return Object.keys(value).filter((key) => !forbidden.has(key));
}

/** Keys in the order that the hints of a schema give them; the others stay as they came, behind. */
export function orderedBy(schema: JsonObject | undefined, keys: string[]): string[] {
  const rank = (key: string) => hintForKey(schema, key)?.order ?? Number.MAX_SAFE_INTEGER;
  return keys.toSorted((one, other) => rank(one) - rank(other));
}
