import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '@painchain/connector-sdk';

/** Who writes, as managedFields call it. */
export interface Manager {
  manager: string;
  operation?: 'Apply' | 'Update' | undefined;
  subresource?: 'status' | 'scale' | undefined;
}

/** One manager's part of an object. */
interface Entry extends JsonObject {
  manager: string;
  operation: string;
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: JsonObject;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By which of their fields the elements of a list are told apart; other lists are owned as a whole. */
const listKeys: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  conditions: ['type'],
  imagePullSecrets: ['name'],
};

function listKeysOf(field: string, elements: readonly JsonValue[]): readonly string[] | undefined {
  const own = field === 'ports' ? portKeys(elements) : listKeys[field];
  const all = own && elements.every((each) => isObject(each) && own.every((key) => key in each));
  return all && elements.length > 0 ? own : undefined;
}

/** A container's are told apart otherwise than a service's. */
function portKeys(elements: readonly JsonValue[]): readonly string[] {
  const isContainer = elements.some((each) => isObject(each) && 'containerPort' in each);
  return isContainer ? ['containerPort'] : ['port'];
}

/** A value's fields by the names that managedFields give them; undefined of one that is owned as a whole. */
function fieldsIn(name: string, value: JsonValue): Map<string, [string, JsonValue]> | undefined {
  if (isObject(value)) {
    return new Map(Object.entries(value).map(([key, child]) => [`f:${key}`, [key, child]]));
  }
  if (!Array.isArray(value)) return undefined;
  const keys = listKeysOf(name, value);
  if (!keys) return undefined;
  return new Map(
    value.map((each) => {
      const own = isObject(each) ? each : {};
      const id = JSON.stringify(Object.fromEntries(keys.map((key) => [key, own[key]])));
      return [`k:${id}`, ['', each]];
    }),
  );
}

const separator = '\u0000';

/** Every leaf below a value, by its path. */
function leavesOf(
  value: JsonValue,
  name = '',
  path: readonly string[] = [],
  found = new Map<string, JsonValue>(),
) {
  const fields = fieldsIn(name, value);
  if (!fields || fields.size === 0) return found.set(path.join(separator), value);
  for (const [field, [key, child]] of fields) leavesOf(child, key, [...path, field], found);
  return found;
}

/** What nobody owns: the server's own. */
function ownable(object: JsonObject): JsonObject {
  const { metadata, apiVersion: _, kind: __, ...rest } = object;
  const { labels, annotations, ownerReferences, finalizers } = isObject(metadata) ? metadata : {};
  const owned: JsonObject = {};
  for (const [key, value] of Object.entries({ labels, annotations, ownerReferences, finalizers }))
    if (value !== undefined) owned[key] = value;
  return Object.keys(owned).length > 0 ? { ...rest, metadata: owned } : rest;
}

function pathsIn(tree: JsonObject, path: readonly string[] = []): string[] {
  const names = Object.keys(tree).filter((name) => name !== '.');
  if (names.length === 0) return path.length > 0 ? [path.join(separator)] : [];
  return names.flatMap((name) => pathsIn(tree[name] as JsonObject, [...path, name]));
}

function treeOf(paths: Iterable<string>): JsonObject {
  const tree: JsonObject = {};
  for (const path of paths) {
    let place = tree;
    for (const part of path.split(separator)) {
      const next = (place[part] ??= part.startsWith('k:') ? { '.': {} } : {}) as JsonObject;
      place = next;
    }
  }
  return tree;
}

function isOf(entry: Entry, by: Manager): boolean {
  return (
    entry.manager === by.manager &&
    entry.operation === (by.operation ?? 'Update') &&
    entry.subresource === by.subresource
  );
}

/** An entry without these paths; undefined when nothing is left. Its time stays: another took them over. */
function without(entry: Entry, gone: (path: string) => boolean): Entry[] {
  const paths = pathsIn(entry.fieldsV1);
  const left = paths.filter((path) => !gone(path));
  if (left.length === 0) return [];
  return left.length === paths.length ? [entry] : [{ ...entry, fieldsV1: treeOf(left) }];
}

/**
 * Who owns what after a write, as the server keeps it. An entry's time is that of the last value that its manager set or
 * took away (https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers).
 */
export function manage(
  before: JsonObject | undefined,
  after: JsonObject,
  by: Manager,
  time: string,
): Entry[] {
  const entries = ((before?.metadata as JsonObject | undefined)?.managedFields ?? []) as Entry[];
  const [old, fresh] = [before ? leavesOf(ownable(before)) : new Map(), leavesOf(ownable(after))];
  const set = new Set(
    [...fresh].filter(([path, value]) => !isDeepStrictEqual(old.get(path), value)).map(([path]) => path),
  );
  const mine = entries.find((entry) => isOf(entry, by));
  const owned = mine ? pathsIn(mine.fieldsV1) : [];
  const kept = owned.filter((path) => fresh.has(path));
  const touched = set.size > 0 || kept.length < owned.length;
  const others = entries
    .filter((entry) => entry !== mine)
    .flatMap((entry) => without(entry, (path) => set.has(path) || !fresh.has(path)));
  const paths = new Set([...kept, ...set]);
  if (paths.size === 0) return others;
  const entry: Entry = {
    manager: by.manager,
    operation: by.operation ?? 'Update',
    apiVersion: after.apiVersion as string,
    time: touched || !mine ? time : mine.time,
    fieldsType: 'FieldsV1',
    fieldsV1: treeOf(paths),
    ...(by.subresource === undefined ? {} : { subresource: by.subresource }),
  };
  return [...others, entry];
}
