import type { JsonObject, JsonValue } from '@painchain/contract';

/** What connector.yaml says of one field, as far as it makes sense. Missing or bad hints never break rendering. */
export type Hint = {
  title?: string;
  description?: string;
  format?: string;
  role?: string;
  unit?: string;
  link?: string;
  order?: number;
  collapsed?: boolean;
  /** The hints of what lies inside: a JSON Schema. */
  schema: JsonObject;
};

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.length <= 2_000 ? value : undefined;
}

function hintOf(schema: JsonObject): Hint {
  const extra = own(schema, 'x-painchain');
  const order = own(extra, 'order');
  const found = {
    title: text(own(schema, 'title')),
    description: text(own(schema, 'description')),
    format: text(own(schema, 'format')),
    role: text(own(extra, 'role')),
    unit: text(own(extra, 'unit')),
    link: text(own(extra, 'link')),
    order: typeof order === 'number' ? order : undefined,
    collapsed: own(extra, 'collapsed') === true ? true : undefined,
  };
  return {
    ...(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Omit<
      Hint,
      'schema'
    >),
    schema,
  };
}

/** The hint for a key of an object that this schema describes. */
export function hintForKey(schema: JsonObject | undefined, key: string): Hint | undefined {
  const property = own(own(schema, 'properties'), key);
  return isObject(property) ? hintOf(property) : undefined;
}

/** The hint for the items of a list that this schema describes. */
export function hintForItems(schema: JsonObject | undefined): Hint | undefined {
  const items = own(schema, 'items');
  return isObject(items) ? hintOf(items) : undefined;
}
