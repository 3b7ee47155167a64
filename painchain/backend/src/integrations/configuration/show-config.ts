import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, type JsonValue, SealedSecret } from '@painchain/contract';
import type { ConfigShape } from './config-shape.js';
import { isObject, memberOf } from './json.js';
import { itemFinder } from './list-identity.js';

/** A configuration as it was before: all of it, and as it was shown. */
export interface KnownConfig {
  plain: JsonValue | undefined;
  shown: JsonValue | undefined;
}

const shortestWithTail = 16;

/**
 * A configuration as it may be shown: what the type's schema marks public, and a marker in place of everything
 * else. A secret that didn't change keeps the instant at which it was set.
 */
export function showConfig(
  config: JsonObject,
  shape: ConfigShape,
  now: string,
  before: KnownConfig = { plain: undefined, shown: undefined },
): JsonObject {
  return show(config, shape, now, before) as JsonObject;
}

function show(value: JsonValue, shape: ConfigShape | undefined, now: string, before: KnownConfig): JsonValue {
  if (isObject(value) && shape?.declaresMembers) {
    const members = Object.entries(value).map(
      ([key, member]) => [key, show(member, shape.member(key), now, memberBefore(before, key))] as const,
    );
    return Object.fromEntries(members);
  }
  if (Array.isArray(value) && shape?.declaresItems) {
    const find = itemFinder(before.plain);
    return value.map((item) => show(item, shape.item(), now, itemBefore(before, find(item))));
  }
  return shape?.isPublic ? value : seal(value, now, before);
}

function seal(value: JsonValue, now: string, { plain, shown }: KnownConfig): JsonObject {
  const known = isDeepStrictEqual(value, plain) ? SealedSecret.safeParse(shown).data : undefined;
  const set = value !== null && value !== '';
  const tail = typeof value === 'string' && value.length >= shortestWithTail;
  return { set, ...(tail && { last4: value.slice(-4) }), updated_at: known?.updated_at ?? now };
}

function memberBefore({ plain, shown }: KnownConfig, key: string): KnownConfig {
  return {
    plain: isObject(plain) ? memberOf(plain, key) : undefined,
    shown: isObject(shown) ? memberOf(shown, key) : undefined,
  };
}

function itemBefore({ plain, shown }: KnownConfig, index: number | undefined): KnownConfig {
  if (index === undefined || !Array.isArray(plain) || !Array.isArray(shown)) {
    return { plain: undefined, shown: undefined };
  }
  return { plain: plain[index], shown: shown[index] };
}
