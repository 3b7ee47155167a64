import type { JsonObject, JsonValue } from '@painchain/connector-sdk';

/** Whether a value has members, by names. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
