import type { JsonObject, JsonValue } from '@painchain/contract';
import { isObject } from '../json.js';

/**
 * A schema that asks for no regular expressions: one that a stranger wrote may take longer than anybody waits, and the
 * page with it. The server checks them.
 */
export function withoutPatterns(schema: JsonObject): JsonObject {
  const members = Object.entries(schema).filter(
    ([key, value]) =>
      !(key === 'pattern' && typeof value === 'string') &&
      !(key === 'patternProperties' && areSchemas(value)),
  );
  return Object.fromEntries(members.map(([key, value]) => [key, within(value)]));
}

function within(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(within);
  return isObject(value) ? withoutPatterns(value) : value;
}

function areSchemas(value: JsonValue): boolean {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'boolean' || isObject(each));
}
