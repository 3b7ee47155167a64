import type { JsonObject, JsonValue } from '@painchain/contract';
import { isObject } from './json.js';

const destinationKey =
  /(^|_)(url|uri|host|hostname|endpoint|server|address|domain|origin|proxy|remote|registry|port|scheme|protocol)s?(_|$)/;
const absoluteUrl = /^[a-z][a-z0-9+.-]*:\/\//i;
const scpLike = /^[\w.-]+@([\w.-]+):/;

/** Where a configuration leads to. Secrets are sent there, so they must not follow when it changes. */
export interface Destinations {
  /** By the path to it, without those inside lists. */
  direct: Map<string, string>;
  /** The hosts that lists lead to: a new repository on a known host is no new destination. */
  listed: Set<string>;
}

export function destinationsOf(config: JsonObject): Destinations {
  const found: Destinations = { direct: new Map(), listed: new Set() };
  collect(config, [], false, found);
  return found;
}

function collect(value: JsonValue, path: string[], inList: boolean, found: Destinations): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, path, true, found);
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) collect(member, [...path, key], inList, found);
  } else if (value !== null && isDestination(path.at(-1) ?? '', String(value))) {
    if (inList) found.listed.add(hostOf(String(value)));
    else found.direct.set(JSON.stringify(path), String(value));
  }
}

function isDestination(key: string, value: string): boolean {
  const snake = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (/(token|password|secret|key)$/.test(snake)) return false;
  return destinationKey.test(snake) || absoluteUrl.test(value) || scpLike.test(value);
}

function hostOf(value: string): string {
  if (absoluteUrl.test(value) && URL.canParse(value)) {
    const { protocol, host } = new URL(value);
    return `${protocol}//${host}`;
  }
  return scpLike.exec(value)?.[1]?.toLowerCase() ?? value;
}

/** Whether a secret of `before` could reach somewhere else in `after`. */
export function leadsElsewhere(before: Destinations, after: Destinations, withLists: boolean): boolean {
  const paths = new Set([...before.direct.keys(), ...after.direct.keys()]);
  for (const path of paths) if (before.direct.get(path) !== after.direct.get(path)) return true;
  if (!withLists) return false;
  const known = new Set([...before.listed, ...[...before.direct.values()].map(hostOf)]);
  return [...after.listed].some((host) => !known.has(host));
}
