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
  /** Undefined for what is no resource. */
  group: string | undefined;
  /** Or the path of what is none. */
  resource: string;
  /** Of the only one that is meant; empty for all of them. */
  name: string;
}

type Permissions = ReadonlyMap<string, Permission>;

/** What is said of a role’s rules. */
interface RuleContent {
  rules?: JsonValue;
  aggregationRule?: JsonValue;
}

/** What a role permits and didn’t, and what it did and doesn’t any more, as one says it. */
export interface PermissionChange {
  granted: string[];
  revoked: string[];
  /** `may now delete secrets and may no longer list pods`. */
  words: string;
}

/** Says nothing where one of both isn’t known: too many rules, or those of other roles. */
export function permissionChange(before: RuleContent, after: RuleContent): PermissionChange {
  const [old, fresh] = [permissionsOf(before), permissionsOf(after)];
  if (!old || !fresh) return { granted: [], revoked: [], words: '' };
  const [come, gone] = [beyond(fresh, old), beyond(old, fresh)];
  const [ofOld, ofFresh] = [namedIn(old), namedIn(fresh)];
  const said = (isShort: boolean) =>
    [phrases(come, ofOld, isShort), phrases(gone, ofFresh, isShort)] as const;
  const [granted, revoked] = said(false);
  // Where the same remains in another group, it is the groups that say something.
  const isShort = !hasAlike(come, old) && !hasAlike(gone, fresh);
  return { granted, revoked, words: wordsOf(...said(isShort)) };
}

function wordsOf(granted: readonly string[], revoked: readonly string[]): string {
  const words = [
    granted.length > 0 ? `may now ${someOf(granted, 2)}` : '',
    revoked.length > 0 ? `may no longer ${someOf(revoked, 2)}` : '',
  ];
  return words.filter((part) => part !== '').join(' and ');
}

function hasAlike(these: readonly Permission[], those: Permissions): boolean {
  const known = new Set([...those.values()].map(shortOf));
  return these.some((permission) => known.has(shortOf(permission)));
}

function shortOf({ verb, resource, name }: Permission): string {
  return keyOf({ verb, group: undefined, resource, name });
}

function keyOf({ verb, group, resource, name }: Permission): string {
  return JSON.stringify([verb, group ?? null, resource, name]);
}

function permissionsOf({ rules, aggregationRule }: RuleContent): Permissions | undefined {
  if (rules === undefined && aggregationRule !== undefined) return undefined;
  const { data } = Rules.safeParse(rules ?? []);
  if (!data) return undefined;
  const permissions = new Map<string, Permission>();
  for (const rule of data) {
    for (const object of objectsOf(rule)) {
      for (const verb of rule.verbs) {
        const permission = { verb, ...object };
        permissions.set(keyOf(permission), permission);
        if (permissions.size > maxPermissions) return undefined;
      }
    }
  }
  return permissions;
}

type Rule = z.output<typeof Rules>[number];

function objectsOf(rule: Rule): Omit<Permission, 'verb'>[] {
  const groups = rule.apiGroups.length > 0 ? rule.apiGroups : [''];
  const names = rule.resourceNames.length > 0 ? rule.resourceNames : [''];
  return [
    ...rule.resources.flatMap((resource) =>
      groups.flatMap((group) => names.map((name) => ({ group, resource, name }))),
    ),
    ...rule.nonResourceURLs.map((resource) => ({ group: undefined, resource, name: '' })),
  ];
}

/** What some permit and others don’t, not even with a star. */
function beyond(these: Permissions, those: Permissions): Permission[] {
  const others = [...those.values()];
  const starred = others.filter(({ group, resource }) => group === undefined && resource.endsWith('*'));
  const beginnings = [...new Set(starred.map(({ resource }) => resource.slice(0, -1)))];
  return [...these.values()].filter((permission) => !isCovered(permission, those, beginnings));
}

function isCovered(permission: Permission, by: Permissions, beginnings: readonly string[]): boolean {
  const { verb, group, resource, name } = permission;
  const subresource = /\/.*/.exec(resource)?.[0] ?? '';
  const [groups, resources] =
    group === undefined
      ? [[group], [resource, ...beginnings.filter((one) => resource.startsWith(one)).map((one) => `${one}*`)]]
      : [
          [group, '*'],
          [resource, '*', `*${subresource}`],
        ];
  return [verb, '*'].some((one) =>
    groups.some((of) =>
      resources.some((what) =>
        [name, ''].some((named) => by.has(keyOf({ verb: one, group: of, resource: what, name: named }))),
      ),
    ),
  );
}

/** All of what only some are permitted by their names. */
function namedIn(permissions: Permissions): Set<string> {
  const named = [...permissions.values()].filter(({ name }) => name !== '');
  return new Set(named.map((permission) => keyOf({ ...permission, name: '' })));
}

/** How a thing is called: all that isn’t core with its group, unless that says nothing. */
function whatOf(permission: Permission, named: ReadonlySet<string>, isShort: boolean): string {
  const { group, resource, name } = permission;
  if (group === undefined) return resource;
  if (resource === '*') {
    const all = group === '*' ? 'everything' : `everything of ${group === '' ? 'the core' : group}`;
    return name === '' ? all : `${all} ${name}`;
  }
  const short = group === '*' ? `${resource} of every group` : resource;
  const what = isShort || group === '' || group === '*' ? short : `${resource}.${group}`;
  if (name !== '') return `${what} ${name}`;
  return named.has(keyOf(permission)) ? `all ${what}` : what;
}

/** Verbs with the same objects, and objects with the same verbs, are said at once. */
function phrases(permissions: readonly Permission[], named: ReadonlySet<string>, isShort: boolean): string[] {
  const verbsOf = grouped(
    permissions.map((permission) => [whatOf(permission, named, isShort), permission.verb]),
  );
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
  if (verbs.includes('*')) return 'do everything with';
  const last = verbs.at(-1) ?? '';
  return verbs.length < 2 ? last : `${verbs.slice(0, -1).join(', ')} and ${last}`;
}
