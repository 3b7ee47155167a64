import type { JsonObject } from '@painchain/contract';
import { isObject } from './json.js';

/** Whether a value of this schema may be seen by everybody, by the same rules as the backend shows it. */
export function isPublic(schema: JsonObject | undefined): boolean {
  if (!schema) return false;
  const { 'x-painchain': mark, items } = schema;
  if (isObject(mark)) return mark['public'] === true;
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return choices.every((choice) => isObject(choice) && isPublic(choice));
  return isObject(items) && isPublic(items);
}

/** What holds for an item, or for a member that is not declared: as public as what it is in, unless it says itself. */
export function innerOf(schema: JsonObject | undefined, key: 'items' | 'additionalProperties') {
  const inner = schema?.[key];
  if (!isObject(inner)) return undefined;
  const mark = schema?.['x-painchain'];
  return mark === undefined ? inner : { 'x-painchain': mark, ...inner };
}

/** What holds for a member of this name. */
export function memberOf(schema: JsonObject | undefined, key: string): JsonObject | undefined {
  const properties = schema?.['properties'];
  const declared = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  return isObject(declared) ? declared : innerOf(schema, 'additionalProperties');
}

/** Whether something is said of what is within, so that each part is shown or hidden on its own. */
export function declaresParts(schema: JsonObject | undefined): boolean {
  return ['properties', 'additionalProperties', 'items'].some((key) => isObject(schema?.[key]));
}
