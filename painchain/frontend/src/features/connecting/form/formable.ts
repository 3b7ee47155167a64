import type { JsonObject, JsonValue } from '@painchain/contract';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { isObject } from '../json.js';
import { innerOf, isPublic } from '../shown.js';
import { labelOf } from './labels.js';

/** What a form is made of. */
export type Formable = { schema: RJSFSchema; ui: UiSchema };

/** More characters than this are no word but a text, such as a key in PEM. */
const longText = 8_000;
const scalars = ['string', 'number', 'integer', 'boolean'];

/**
 * A connector's `config_schema` as a form can show it. Choices between several forms of one value become the simplest
 * field that can say all of them; what no field can say is left to the YAML. Defaults are shown and never filled in: a
 * configuration says only what somebody chose.
 */
export function formable(schema: JsonObject): Formable {
  return fieldOf(schema, undefined);
}

function fieldOf(given: JsonObject, key: string | undefined): Formable {
  const schema = unified(given);
  const title = typeof schema['title'] === 'string' ? schema['title'] : key && labelOf(key);
  const named = { ...withoutDefault(schema), ...(title !== undefined && { title }) } as RJSFSchema;
  const field = kindOf(schema, named);
  const placeholder = placeholderOf(schema['default']);
  return placeholder === undefined ? field : { ...field, ui: { 'ui:placeholder': placeholder, ...field.ui } };
}

function kindOf(schema: JsonObject, named: RJSFSchema): Formable {
  if (isObject(schema['properties'])) return objectOf(schema, named);
  if (schema['type'] === 'array' && isObject(schema['items'])) return listOf(schema, named);
  if (isObject(schema['additionalProperties']) && schema['type'] === 'object') return mapOf(schema, named);
  if (!isScalar(schema) && !Array.isArray(schema['enum'])) return inYaml(named);
  if (Array.isArray(schema['enum'])) return { schema: named, ui: { 'ui:widget': 'select' } };
  // As a tick, a setting that is not set would look as if it were off.
  if (schema['type'] === 'boolean') return { schema: named, ui: { 'ui:widget': 'select' } };
  const isLong = Number(schema['maxLength'] ?? 0) > longText;
  if (!isPublic(schema)) return { schema: named, ui: { 'ui:widget': 'secret', 'ui:options': { isLong } } };
  if (schema['type'] !== 'string') return { schema: named, ui: {} };
  return { schema: named, ui: isLong ? { 'ui:widget': 'textarea' } : {} };
}

function objectOf(schema: JsonObject, named: RJSFSchema): Formable {
  const members = Object.entries(isObject(schema['properties']) ? schema['properties'] : {}).map(
    ([key, member]) => [key, fieldOf(isObject(member) ? member : {}, key)] as const,
  );
  return {
    schema: {
      ...named,
      properties: Object.fromEntries(members.map(([key, member]) => [key, member.schema])),
    },
    ui: Object.fromEntries(members.map(([key, member]) => [key, member.ui])),
  };
}

function listOf(schema: JsonObject, named: RJSFSchema): Formable {
  const items = unified(innerOf(schema, 'items') ?? {});
  // What is stored of it is not seen, so that nothing can be taken out of it or put beside it.
  if (!isObject(items['properties']) && !isPublic(schema)) return inYaml(named);
  if (Array.isArray(items['enum'])) {
    const options = { ...named, items: items as RJSFSchema, uniqueItems: true };
    return { schema: options, ui: { 'ui:widget': 'checkboxes' } };
  }
  if (items['type'] === 'string') return { schema: named, ui: { 'ui:field': 'words' } };
  if (!isObject(items['properties'])) return inYaml(named);
  const item = fieldOf(items, undefined);
  return { schema: { ...named, items: item.schema }, ui: { items: item.ui } };
}

/** Names that people make up, with a value each. */
function mapOf(schema: JsonObject, named: RJSFSchema): Formable {
  const value = fieldOf(innerOf(schema, 'additionalProperties') ?? {}, undefined);
  if (value.ui['ui:field'] === 'yaml' || !scalars.some((each) => each === value.schema.type))
    return inYaml(named);
  return { schema: { ...named, additionalProperties: value.schema }, ui: { additionalProperties: value.ui } };
}

function inYaml(named: RJSFSchema): Formable {
  return { schema: named, ui: { 'ui:field': 'yaml' } };
}

/** One schema instead of several that a value may have. */
function unified(schema: JsonObject): JsonObject {
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(choices)) return asChoice(schema);
  const { anyOf: _any, oneOf: _one, ...rest } = schema;
  const known = choices.filter(isObject).filter(({ type }) => type !== 'null');
  const values = known.map(valuesOf);
  if (values.every((each) => each !== undefined)) return { ...rest, enum: values.flat() };
  const text = known.find((choice) => choice['type'] === 'string' && valuesOf(choice) === undefined);
  // A number among them may be typed as text: whoever reads the configuration takes both.
  if (text && known.every(isScalar)) {
    const { pattern: _pattern, ...plain } = text;
    return { ...plain, ...rest };
  }
  const [only] = known;
  return only && known.length === 1 ? unified({ ...only, ...rest }) : rest;
}

function asChoice(schema: JsonObject): JsonObject {
  return 'const' in schema && !Array.isArray(schema['enum'])
    ? { ...schema, enum: [schema['const'] ?? null] }
    : schema;
}

/** All values that a schema allows, where it names them. */
function valuesOf(schema: JsonObject): JsonValue[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'];
  if ('const' in schema) return [schema['const'] ?? null];
  return schema['type'] === 'boolean' ? [true, false] : undefined;
}

function isScalar({ type }: JsonObject): boolean {
  return typeof type === 'string' && scalars.includes(type);
}

function withoutDefault({ default: _default, ...schema }: JsonObject): JsonObject {
  return schema;
}

function placeholderOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'boolean') return value ? 'Yes, by default' : 'No, by default';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
