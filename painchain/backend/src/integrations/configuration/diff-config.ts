import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '@painchain/contract';
import type { ConfigShape } from './config-shape.js';
import { isObject, memberOf } from './json.js';
import { shownIdentity } from './list-identity.js';
import { fitsEvent } from './shown-for-good.js';

/** One setting that changed. What can't be shown is only said to be replaced, or removed. */
export type ConfigChange =
  | { field: string; old: JsonValue; new: JsonValue }
  | { field: string; replaced: true }
  | { field: string; removed: true };

type Side = JsonValue | undefined;

/** The first of them, and how many there are. */
export interface ConfigDiff {
  changes: ConfigChange[];
  total: number;
}

const mostChanges = 50;
const all = 'config';

/** Nobody knows any more what it was before. */
export const allReplaced: ConfigDiff = { changes: [{ field: all, replaced: true }], total: 1 };

/**
 * What differs between two configurations, setting by setting. Events stay as they
 * are, so it tells less than what is shown: beside what the schema seals it leaves out names that the schema doesn't
 * declare, and whatever else may be a secret.
 */
export function diffConfig(before: JsonObject, after: JsonObject, shape: ConfigShape): ConfigDiff {
  const found = diff(before, after, shape, '');
  const fits = fitsEvent([before, after], shape);
  const changes = found.slice(0, mostChanges).map((change) => {
    if (fits(change)) return change;
    const hushed = 'new' in change ? unsaid(change.field, change.new) : change;
    return fits(hushed) ? hushed : { ...hushed, field: all };
  });
  return { changes, total: found.length };
}

function diff(before: Side, after: Side, shape: ConfigShape | undefined, field: string): ConfigChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (shape?.declaresMembers && !isShownMap(shape) && isObject(before ?? {}) && isObject(after ?? {})) {
    return diffMembers((before ?? {}) as JsonObject, (after ?? {}) as JsonObject, shape, field);
  }
  if (shape?.declaresItems && Array.isArray(before ?? []) && Array.isArray(after ?? [])) {
    return diffItems((before ?? []) as JsonValue[], (after ?? []) as JsonValue[], shape, field);
  }
  return [whole(before, after, shape, field || all)];
}

function diffMembers(
  before: JsonObject,
  after: JsonObject,
  shape: ConfigShape,
  field: string,
): ConfigChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const declared = keys.filter((key) => shape.declares(key));
  const changes = declared.flatMap((key) =>
    diff(memberOf(before, key), memberOf(after, key), shape.member(key), field ? `${field}.${key}` : key),
  );
  const changed = keys.find(
    (key) => !shape.declares(key) && !isDeepStrictEqual(memberOf(before, key), memberOf(after, key)),
  );
  return changed === undefined ? changes : [...changes, { field: field || all, replaced: true }];
}

/** Item by item where each has a name that may be shown, whatever their order; else the list as a whole. */
function diffItems(
  before: JsonValue[],
  after: JsonValue[],
  shape: ConfigShape,
  field: string,
): ConfigChange[] {
  const [olds, news] = [namedItems(before, shape), namedItems(after, shape)];
  if (!olds || !news) return [whole(before, after, shape, field)];
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((name) => {
    const [old, current] = [olds.get(name), news.get(name)];
    const item = `${field}[${name}]`;
    if (old === undefined || current === undefined) return [whole(old, current, shape.item(), item)];
    return diff(old, current, shape.item(), item);
  });
}

function namedItems(list: JsonValue[], shape: ConfigShape): Map<string, JsonValue> | undefined {
  const named = new Map<string, JsonValue>();
  for (const item of list) {
    const name = shownIdentity(item, shape.item());
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, item);
  }
  return named;
}

function whole(before: Side, after: Side, shape: ConfigShape | undefined, field: string): ConfigChange {
  const [old, current] = [shownPart(before, shape), shownPart(after, shape)];
  const isHidden = (side: Side, shown: Side) => side !== undefined && shown === undefined;
  if (isHidden(before, old) || isHidden(after, current) || isDeepStrictEqual(old, current)) {
    return unsaid(field, after);
  }
  return { field, old: old ?? null, new: current ?? null };
}

function unsaid(field: string, after: Side): ConfigChange {
  const isGone = after === undefined || after === null || after === '';
  return isGone ? { field, removed: true } : { field, replaced: true };
}

/** Without anything in place of what is sealed. */
function shownPart(value: Side, shape: ConfigShape | undefined): Side {
  if (isObject(value) && shape?.declaresMembers) {
    const members = Object.entries(value).flatMap(([key, member]) => {
      const shown =
        shape.declares(key) || isShownMap(shape) ? shownPart(member, shape.member(key)) : undefined;
      return shown === undefined ? [] : [[key, shown] as const];
    });
    return members.length === 0 ? undefined : Object.fromEntries(members);
  }
  if (Array.isArray(value) && shape?.declaresItems) {
    return value.map((item) => shownPart(item, shape.item()) ?? null);
  }
  return shape?.isPublic ? value : undefined;
}

/** Whether the names in there may be shown, too: nobody declared them, but that all of it is public. */
function isShownMap(shape: ConfigShape): boolean {
  return shape.isPublic && !shape.declaresAny;
}
