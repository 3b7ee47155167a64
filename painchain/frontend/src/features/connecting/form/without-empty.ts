import type { JsonObject, JsonValue } from '@painchain/contract';
import { isObject } from '../json.js';

/**
 * A configuration without the optional settings in which nothing is set: a field that was typed into and emptied must
 * not ask for all that belongs to it.
 */
export function withoutEmpty(config: JsonObject, schema: JsonObject): JsonObject {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const members = Object.entries(config).flatMap(([key, value]) => {
    const declared = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!isObject(value) || !isObject(declared) || !isObject(declared['properties'])) return [[key, value]];
    const inner = withoutEmpty(value, declared);
    return isEmpty(inner) && !required.includes(key) ? [] : [[key, inner]];
  });
  return Object.fromEntries(members) as JsonObject;
}

/** `null` stands where a secret is removed, which all around it is as well. */
function isEmpty(value: JsonObject): boolean {
  return Object.values<JsonValue | undefined>(value).every(
    (member) => member === undefined || member === null,
  );
}
