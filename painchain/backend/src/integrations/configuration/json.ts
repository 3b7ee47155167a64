import type { JsonObject, JsonValue } from '@painchain/contract';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Path = readonly (string | number)[];

/** Own members only: keys are foreign, and `constructor` is a name like any other. */
export function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The place that a JSON pointer in a fragment names (`#/$defs/token`), by its undecoded parts. */
export function valueAtFragment(root: JsonValue, fragment: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const part of fragment.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    // A validator's location leads through references as if they were members.
    if (key === '$ref' && isObject(value)) value = referenced(root, value);
    else if (Array.isArray(value)) value = value[Number(key)];
    else value = isObject(value) ? memberOf(value, key) : undefined;
  }
  return value;
}

/** What a schema's own `$ref` points to. Only references within the same schema are followed. */
export function referenced(root: JsonValue, { $ref }: JsonObject): JsonObject | undefined {
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return undefined;
  const target = $ref.includes('/$ref') ? undefined : valueAtFragment(root, $ref);
  return isObject(target) ? target : undefined;
}
