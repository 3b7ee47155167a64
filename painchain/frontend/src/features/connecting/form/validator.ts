import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import {
  type ErrorTransformer,
  type RJSFSchema,
  type RJSFValidationError,
  type ValidatorType,
  toErrorSchema,
} from '@rjsf/utils';
import type { JsonValue } from '@painchain/contract';
import { at } from '../json.js';
import { keptOf } from '../kept-secret.js';

/** What a form holds. The types of JSON are endless to a library that asks for each path in them. */
export type FormData = Record<string, unknown> | undefined;

// What only says that something further down is wrong.
const wrappers = new Set([
  'properties',
  'items',
  'prefixItems',
  'additionalProperties',
  'anyOf',
  'oneOf',
  'allOf',
]);

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(data: FormData, keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(
    (value, key) => at(value, Array.isArray(value) ? Number(key) : key),
    (data ?? {}) as JsonValue,
  );
}

const sentences: Readonly<Record<string, string>> = {
  minLength: 'must not be empty',
  minItems: 'needs at least one',
  pattern: 'is not written as it must be',
  enum: 'is none of what there is',
};

function asError({ keyword, error, instanceLocation }: OutputUnit, missing?: string): RJSFValidationError {
  const keys = [...keysOf(instanceLocation), ...(missing === undefined ? [] : [missing])];
  const message = missing === undefined ? (sentences[keyword] ?? plain(error)) : 'is required';
  const property = keys.map((key) => `.${key}`).join('');
  return { name: keyword, property, message, stack: `${property} ${message}` };
}

function plain(error: string): string {
  return `${error.charAt(0).toLowerCase()}${error.slice(1)}`;
}

function errorsOf(unit: OutputUnit): RJSFValidationError[] {
  const missing = unit.keyword === 'required' ? /"(.*)"/.exec(unit.error)?.[1] : undefined;
  return [asError(unit, missing)];
}

/** A secret that is kept has satisfied its schema already, and of one that is removed the server knows. */
function isSettled(value: JsonValue | undefined): boolean {
  return value === null || keptOf(value) !== undefined;
}

/** A schema that can't be used finds nothing: the server has the last word in any case. */
function unitsOf(schema: RJSFSchema, data: FormData): OutputUnit[] {
  try {
    return new Validator(schema as Schema, '2020-12', false).validate(data ?? {}).errors;
  } catch {
    return [];
  }
}

function faultsOf(schema: RJSFSchema, data: FormData): RJSFValidationError[] {
  return unitsOf(schema, data)
    .filter(({ keyword }) => !wrappers.has(keyword))
    .filter(({ instanceLocation }) => !isSettled(valueAt(data, keysOf(instanceLocation))))
    .flatMap(errorsOf);
}

/** Checks forms without making code of schemas, which the content security policy forbids. */
export const validator: ValidatorType<FormData> = {
  isValid: (schema, data) => new Validator(schema as Schema, '2020-12').validate(data ?? {}).valid,
  rawValidation: () => ({}),
  validateFormData: (data, schema, _custom, transform?: ErrorTransformer<FormData>) => {
    const errors = faultsOf(schema, data);
    const told = transform ? transform(errors) : errors;
    return { errors: told, errorSchema: toErrorSchema<FormData>(told) };
  },
};
