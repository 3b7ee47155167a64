import type { JsonObject, JsonValue } from '@painchain/contract';
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

/** Fields that differ between two objects, by key; undefined when the sides are no two objects. */
export function fieldChanges(change: Change): [string, Change][] | undefined {
  const { before, after } = change;
  if (!isJsonObject(before) || !isJsonObject(after)) return undefined;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].slice(0, renderLimits.keys);
  return keys
    .map((key): [string, Change] => [
      key,
      { before: own(before, key) ?? null, after: own(after, key) ?? null, keys: change.keys },
    ])
    .filter(([, sides]) => JSON.stringify(sides.before) !== JSON.stringify(sides.after));
}

/** The name that a person or machine goes by; a plain name counts only when the key says that it is a user. */
export function userName(value: JsonObject, keySaysUser: boolean): string | undefined {
  const login = own(value, 'login') ?? own(value, 'username');
  if (isName(login)) return login;
  const name = own(value, 'name');
  return keySaysUser && isName(name) ? name : undefined;
}

function isName(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 100;
}

/** Objects of one small shape with nothing nested, which read best as a table. */
export function isTable(list: JsonValue[]): list is JsonObject[] {
  const [first] = list;
  if (list.length < 2 || !isJsonObject(first)) return false;
  const columns = Object.keys(first);
  if (columns.length === 0 || columns.length > renderLimits.columns) return false;
  return list.every(
    (row) =>
      isJsonObject(row) &&
      Object.keys(row).length === columns.length &&
      columns.every(
        (column) => Object.hasOwn(row, column) && !(typeof row[column] === 'object' && row[column] !== null),
      ),
  );
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
    if (inside.length > left) continue;
    left -= inside.length;
    open.add(value);
    queue.push(...inside);
  }
  return open;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Entries of an object in the order they are shown in, without keys that no path may lead through. */
export function entriesOf(value: JsonObject): [string, JsonValue][] {
  return Object.entries(value).filter(([key]) => !forbidden.has(key));
}
