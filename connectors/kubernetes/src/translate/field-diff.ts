import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { canonical } from './digest.js';
import { isObject } from './json-object.js';
import { cutText } from './wording.js';

/** Where a field is: the keys that lead to it; an item of a list in brackets, by its name or its number. */
export type FieldPath = readonly string[];

/** A field that differs. What isn't there is null. */
export interface FieldChange {
  path: FieldPath;
  old: JsonValue;
  new: JsonValue;
}

/** What differs between two values: the first changes, and how many there are. */
export interface FieldDiff {
  changes: FieldChange[];
  total: number;
}

const maxChanges = 50;
const maxDepth = 24;
const maxCharacters = 500;

/** By what the items of a list are told apart, as the API's own lists are. */
const itemKeys = ['name', 'mountPath', 'containerPort', 'port', 'key', 'type', 'ip', 'topologyKey', 'uid'];

interface Search extends FieldDiff {
  isToldElsewhere: (path: FieldPath) => boolean;
}

/**
 * Where two values differ, field by field; items of lists are matched by their names where they have some. Fields that
 * are told elsewhere are left out.
 */
export function fieldDiff(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  isToldElsewhere: (path: FieldPath) => boolean = () => false,
): FieldDiff {
  const search: Search = { changes: [], total: 0, isToldElsewhere };
  compare(before ?? null, after ?? null, [], search);
  return { changes: search.changes, total: search.total };
}

/** Changes as they stand in an event's data: `[{path: 'spec.replicas', old: 3, new: 5}]`, long values cut. */
export function changeData({ changes, total }: FieldDiff): JsonObject {
  const shown = changes.map((change) => ({
    path: pathText(change.path),
    old: cutValue(change.old),
    new: cutValue(change.new),
  }));
  return { changes: shown, ...(total > shown.length && { changes_total: total }) };
}

/** A path as one reads it: `spec.containers[api].image`, `labels[app.kubernetes.io/name]`. */
export function pathText(path: FieldPath): string {
  return path
    .map((step) => {
      if (isItem(step)) return step;
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${step}]`;
    })
    .join('')
    .replace(/^\./, '');
}

/** The step to an item of a list, by its name. */
export function itemStep(name: string): string {
  return `[${name}]`;
}

function isItem(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

/** The name of the item that a step leads to; undefined for a key. */
export function itemOf(step: string): string | undefined {
  return isItem(step) ? step.slice(1, -1) : undefined;
}

function cutValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cutText(value, maxCharacters);
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= maxCharacters ? value : cutText(text, maxCharacters);
}

function note(path: FieldPath, old: JsonValue, fresh: JsonValue, diff: Search): void {
  if (diff.isToldElsewhere(path)) return;
  diff.total += 1;
  if (diff.changes.length < maxChanges) diff.changes.push({ path, old, new: fresh });
}

function compare(before: JsonValue, after: JsonValue, path: FieldPath, diff: Search): void {
  if (before === after) return;
  if (path.length >= maxDepth) return compareWhole(before, after, path, diff);
  if (isMapOfTexts(path)) {
    if (before === null && isObject(after)) return compareMembers({}, after, path, diff);
    if (after === null && isObject(before)) return compareMembers(before, {}, path, diff);
  }
  if (isObject(before) && isObject(after)) return compareMembers(before, after, path, diff);
  if (Array.isArray(before) && Array.isArray(after)) return compareItems(before, after, path, diff);
  compareWhole(before, after, path, diff);
}

/** Labels and annotations are told one by one, also where they are the first of their object. */
function isMapOfTexts(path: FieldPath): boolean {
  return path.at(-1) === 'labels' || path.at(-1) === 'annotations';
}

function compareWhole(before: JsonValue, after: JsonValue, path: FieldPath, diff: Search): void {
  if (canonical(before) !== canonical(after)) note(path, before, after, diff);
}

function compareMembers(before: JsonObject, after: JsonObject, path: FieldPath, diff: Search): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare(memberOf(before, key), memberOf(after, key), [...path, key], diff);
  }
}

function memberOf(object: JsonObject, key: string): JsonValue {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

function compareItems(before: JsonValue[], after: JsonValue[], path: FieldPath, diff: Search): void {
  const [old, fresh] = namedItems(before, after);
  if (old && fresh) return compareNamed(old, fresh, path, diff);
  if ([...before, ...after].every(isObject)) return compareNumbered(before, after, path, diff);
  compareWhole(before, after, path, diff);
}

/** Both lists by the names of their items, where one key names all of them. */
function namedItems(before: JsonValue[], after: JsonValue[]): (Map<string, JsonValue> | undefined)[] {
  for (const key of itemKeys) {
    const lists = [before, after].map((list) => byName(list, key));
    if (lists.every((list) => list !== undefined)) return lists;
  }
  return [];
}

function byName(list: JsonValue[], key: string): Map<string, JsonValue> | undefined {
  const named = new Map<string, JsonValue>();
  for (const item of list) {
    const name = isObject(item) ? memberOf(item, key) : null;
    if (typeof name !== 'string' && typeof name !== 'number') return undefined;
    named.set(String(name), item);
  }
  return named.size === list.length ? named : undefined;
}

/** Item by item; that the same items stand in another order is a change of the list. */
function compareNamed(
  before: Map<string, JsonValue>,
  after: Map<string, JsonValue>,
  path: FieldPath,
  diff: Search,
): void {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    compare(before.get(name) ?? null, after.get(name) ?? null, [...path, itemStep(name)], diff);
  }
  const [old, fresh] = [
    [...before.keys()].filter((name) => after.has(name)),
    [...after.keys()].filter((name) => before.has(name)),
  ];
  compareWhole(old, fresh, path, diff);
}

/** Items without names: what both lists begin and end with is the same, the rest is compared in its order. */
function compareNumbered(before: JsonValue[], after: JsonValue[], path: FieldPath, diff: Search): void {
  const [old, fresh] = [before.map(canonical), after.map(canonical)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  const room = Math.min(old.length, fresh.length) - start;
  while (end < room && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const changed = Math.max(old.length, fresh.length) - end - start;
  for (let index = start; index < start + changed; index += 1) {
    const [from, to] = [index < old.length - end, index < fresh.length - end];
    compare(
      (from && before[index]) || null,
      (to && after[index]) || null,
      [...path, itemStep(String(index))],
      diff,
    );
  }
}
