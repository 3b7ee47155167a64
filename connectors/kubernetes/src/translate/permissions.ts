import type { JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import { someOf } from './wording.js';

/** More than this is told as a difference of rules, not of what may be done. */
const maxPermissions = 5_000;

const Names = z.array(z.string()).catch([]);
const Rules = z.array(
  z.object({
    apiGroups: Names,
    resources: Names,
    verbs: Names,
    resourceNames: Names,
    nonResourceURLs: Names,
  }),
);

/** What may be done with what: `delete`, `secrets`. */
interface Permission {
  verb: string;
  what: string;
  /** Without its group. */
  short: string;
}

/** What a role permits and didn’t, and what it did and doesn’t any more, as one says it. */
export interface PermissionChange {
  granted: string[];
  revoked: string[];
  /** `may now delete secrets and may no longer list pods`. */
  words: string;
}

export function permissionChange(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): PermissionChange {
  const [old, fresh] = [permissionsOf(before), permissionsOf(after)];
  const [come, gone] = [without(fresh, old), without(old, fresh)];
  const [granted, revoked] = [phrases(come), phrases(gone)];
  const lost = new Set(gone.map(shortOf));
  // From one group to another it is the groups that say something.
  const isMove = come.some((permission) => lost.has(shortOf(permission)));
  const words = isMove ? wordsOf(granted, revoked) : wordsOf(phrases(come, true), phrases(gone, true));
  return { granted, revoked, words };
}

function wordsOf(granted: readonly string[], revoked: readonly string[]): string {
  const words = [
    granted.length > 0 ? `may now ${someOf(granted, 2)}` : '',
    revoked.length > 0 ? `may no longer ${someOf(revoked, 2)}` : '',
  ];
  return words.filter((part) => part !== '').join(' and ');
}

function shortOf({ verb, short }: Permission): string {
  return `${verb} ${short}`;
}

function permissionsOf(rules: JsonValue | undefined): Map<string, Permission> {
  const permissions = new Map<string, Permission>();
  for (const rule of Rules.safeParse(rules ?? []).data ?? []) {
    for (const object of objectsOf(rule)) {
      for (const verb of rule.verbs) {
        if (permissions.size >= maxPermissions) return permissions;
        permissions.set(`${verb} ${object.what}`, { verb, ...object });
      }
    }
  }
  return permissions;
}

type Rule = z.output<typeof Rules>[number];

function objectsOf({
  apiGroups,
  resources,
  resourceNames,
  nonResourceURLs,
}: Rule): Omit<Permission, 'verb'>[] {
  const groups = apiGroups.length > 0 ? apiGroups : [''];
  const kinds = resources.flatMap((resource) => groups.map((group) => kindOf(resource, group)));
  const names = resourceNames.length > 0 ? resourceNames.map((name) => ` ${name}`) : [''];
  return [
    ...kinds.flatMap(({ what, short }) => names.map((name) => ({ what: what + name, short: short + name }))),
    ...nonResourceURLs.map((what) => ({ what, short: what })),
  ];
}

/** Everything is called so, and all that isn’t core with its group. */
function kindOf(resource: string, group: string): Omit<Permission, 'verb'> {
  if (resource === '*') {
    const what = group === '*' ? 'everything' : `everything of ${group === '' ? 'the core' : group}`;
    return { what, short: what };
  }
  return { what: group === '' || group === '*' ? resource : `${resource}.${group}`, short: resource };
}

function without(these: Map<string, Permission>, those: Map<string, Permission>): Permission[] {
  return [...these].flatMap(([key, permission]) => (those.has(key) ? [] : [permission]));
}

/** Verbs with the same objects, and objects with the same verbs, are said at once. */
function phrases(permissions: readonly Permission[], isShort = false): string[] {
  const verbsOf = grouped(permissions.map(({ verb, what, short }) => [isShort ? short : what, verb]));
  const objects = grouped([...verbsOf].map(([what, verbs]) => [listed([...verbs]), what]));
  return [...objects].map(([verbs, what]) => `${verbs} ${someOf([...what])}`);
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.add(value);
    else groups.set(key, new Set([value]));
  }
  return groups;
}

function listed(verbs: readonly string[]): string {
  if (verbs.includes('*')) return 'do anything with';
  const last = verbs.at(-1) ?? '';
  return verbs.length < 2 ? last : `${verbs.slice(0, -1).join(', ')} and ${last}`;
}
