import { type JsonObject, type JsonValue, SealedSecret } from '@painchain/contract';
import { type FieldFault } from '../../problem/problem-error.js';
import { toPointer } from '../../problem/validation.js';
import type { ConfigShape } from './config-shape.js';
import { type Destinations, destinationsOf, leadsElsewhere } from './destinations.js';
import { isObject, memberOf, type Path } from './json.js';
import { itemFinder } from './list-identity.js';

interface Scope {
  before: JsonObject;
  after: JsonObject;
}

interface Kept {
  path: Path;
  /** The objects around the secret, from the outermost to its own. */
  scopes: Scope[];
}

interface Merging {
  kept: Kept[];
  faults: FieldFault[];
}

/**
 * A changed configuration with the secrets that it kept: those left out, and those sent back as they were
 * shown. `null` removes one. The faults name secrets that have to be given again: where there is none to keep,
 * and where an address beside it changed, since whoever may change the address must not thereby get the secret.
 */
export function mergeConfig(
  given: JsonObject,
  before: JsonObject,
  shape: ConfigShape,
): { config: JsonObject; faults: FieldFault[] } {
  const merging: Merging = { kept: [], faults: [] };
  const config = mergeObject(given, before, shape, ['config'], [], merging);
  const isExposed = exposureOf();
  const exposed = merging.kept.filter(({ scopes }) => isExposed(scopes));
  const demands = exposed.map(({ path }) => ({
    pointer: toPointer(path),
    detail: 'give this secret again: an address that it would be sent to has changed',
  }));
  return { config, faults: [...merging.faults, ...demands] };
}

function mergeObject(
  given: JsonObject,
  before: JsonObject,
  shape: ConfigShape,
  path: Path,
  outer: Scope[],
  merging: Merging,
): JsonObject {
  const scope: Scope = { before, after: {} };
  const scopes = [...outer, scope];
  const keep = (key: string) => merging.kept.push({ path: [...path, key], scopes });
  const members: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(given)) {
    const inner = shape.member(key);
    const known = memberOf(before, key);
    const merged = mergeMember(value, known, inner, [...path, key], scopes, merging);
    if (merged === kept) {
      if (known === undefined) continue;
      keep(key);
      members.push([key, known]);
    } else if (merged !== null || inner?.isPublic) members.push([key, merged]);
  }
  for (const [key, value] of Object.entries(before)) {
    if (Object.hasOwn(given, key) || !isSecret(value, shape.member(key))) continue;
    keep(key);
    members.push([key, value]);
  }
  scope.after = Object.fromEntries(members);
  return scope.after;
}

const kept = Symbol('kept');

function mergeMember(
  given: JsonValue,
  before: JsonValue | undefined,
  shape: ConfigShape | undefined,
  path: Path,
  scopes: Scope[],
  merging: Merging,
): JsonValue | typeof kept {
  if (Array.isArray(given) && shape?.declaresItems) {
    const find = itemFinder(before);
    return given.map((item, index) => {
      const match = find(item);
      const known = match === undefined || !Array.isArray(before) ? undefined : before[match];
      const merged = mergeMember(item, known, shape.item(), [...path, index], scopes, merging);
      return merged === kept ? (known ?? null) : merged;
    });
  }
  if (isMarker(given) && !shape?.isPublic) {
    if (given['set'] === true && before === undefined) {
      const detail = 'there is no stored secret to keep here: give it';
      merging.faults.push({ pointer: toPointer(path), detail });
    }
    return kept;
  }
  if (isObject(given) && shape?.declaresMembers) {
    return mergeObject(given, isObject(before) ? before : {}, shape, path, scopes, merging);
  }
  return given;
}

const Marker = SealedSecret.strict();

function isMarker(value: JsonValue): value is JsonObject {
  return isObject(value) && Marker.safeParse(value).success;
}

/** Whether a value stands behind a marker; blocks of settings and lists that are left out are removed. */
function isSecret(value: JsonValue, shape: ConfigShape | undefined): boolean {
  if (isObject(value) && shape?.declaresMembers) return false;
  if (Array.isArray(value) && shape?.declaresItems) return false;
  return !shape?.isPublic;
}

// An item of a list is a destination of its own: only what leads out of its own object, or stands in an object
// around it, could get its secret.
function exposureOf(): (scopes: Scope[]) => boolean {
  const known = new Map<Scope, { before: Destinations; after: Destinations }>();
  const destinations = (scope: Scope) => {
    const found = known.get(scope) ?? {
      before: destinationsOf(scope.before),
      after: destinationsOf(scope.after),
    };
    known.set(scope, found);
    return found;
  };
  return (scopes) =>
    scopes.some((scope, index) => {
      const { before, after } = destinations(scope);
      return leadsElsewhere(before, after, index === scopes.length - 1);
    });
}
