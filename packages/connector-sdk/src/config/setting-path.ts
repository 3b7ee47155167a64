import type { JsonObject } from '@painchain/contract';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The setting at a dotted path (`api.token`, `repositories.0.token`), or undefined. */
export function settingAt(config: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), config);
}

/** A copy of a configuration with one setting put in, making the objects and lists on its way. */
export function withSetting(config: JsonObject, path: string, value: string): JsonObject {
  const [key = '', ...rest] = path.split('.');
  const copy = (Array.isArray(config) ? [...config] : { ...config }) as JsonObject;
  const [next] = rest;
  if (next === undefined) {
    copy[key] = value;
    return copy;
  }
  const inner = copy[key] ?? (/^\d+$/.test(next) ? [] : {});
  copy[key] = isObject(inner) ? withSetting(inner, rest.join('.'), value) : inner;
  return copy;
}
