import { type OutputUnit, Validator } from '@cfworker/json-schema';
import type { JsonObject, JsonValue } from '@painchain/contract';
import type { FieldFault } from '../../problem/problem-error.js';
import { toPointer } from '../../problem/validation.js';
import type { ConfigShape } from './config-shape.js';
import { isObject, type Path, valueAtFragment } from './json.js';

const mostFaults = 50;

/**
 * What is wrong with a configuration by its type's schema. The schema is interpreted, never compiled to code:
 * connectors bring their own. No fault says a value, which may be a secret.
 */
export function configFaults(config: JsonObject, schema: JsonObject): FieldFault[] {
  // The validator writes into what it is given.
  const { errors } = new Validator(structuredClone(schema), '2020-12', false).validate(config);
  const faults = new Map<string, FieldFault>();
  for (const unit of errors.filter((unit) => isTelling(unit, errors))) {
    const fault = describe(unit, schema);
    faults.set(`${fault.pointer} ${fault.detail}`, fault);
  }
  return [...faults.values()].slice(0, mostFaults);
}

// Units of these only say that something within them is wrong.
const containers = new Set([
  'properties',
  'patternProperties',
  'additionalProperties',
  'items',
  'prefixItems',
  'contains',
  '$ref',
  'allOf',
  'dependentSchemas',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'propertyNames',
]);

function isTelling(unit: OutputUnit, all: OutputUnit[]): boolean {
  if (containers.has(unit.keyword)) return false;
  // The validator counts a member that failed as one that was never declared.
  const here = (other: OutputUnit) =>
    other.instanceLocation === unit.instanceLocation ||
    other.instanceLocation.startsWith(`${unit.instanceLocation}/`);
  if (unit.keyword === 'false') return !all.some((other) => other.keyword !== 'false' && here(other));
  // The branches of a union that fits nowhere contradict each other.
  return !all.some(
    ({ keyword, keywordLocation }) =>
      ['anyOf', 'oneOf'].includes(keyword) && unit.keywordLocation.startsWith(`${keywordLocation}/`),
  );
}

const sayings: Record<string, (bound: string) => string> = {
  type: (bound) => `must be of type ${bound}`,
  enum: (bound) => `must be one of ${bound}`,
  const: (bound) => `must be ${bound}`,
  minLength: (bound) => `must have at least ${bound} characters`,
  maxLength: (bound) => `must have at most ${bound} characters`,
  minItems: (bound) => `must have at least ${bound} items`,
  maxItems: (bound) => `must have at most ${bound} items`,
  minimum: (bound) => `must be at least ${bound}`,
  maximum: (bound) => `must be at most ${bound}`,
  exclusiveMinimum: (bound) => `must be more than ${bound}`,
  exclusiveMaximum: (bound) => `must be less than ${bound}`,
  pattern: (bound) => `must match ${bound}`,
  format: (bound) => `must be a valid ${bound}`,
  uniqueItems: () => 'must not hold the same item twice',
  false: () => 'is not a known setting',
  anyOf: () => 'fits none of the allowed forms',
  oneOf: () => 'fits none, or more than one, of the allowed forms',
};

function describe(unit: OutputUnit, schema: JsonObject): FieldFault {
  const at = `/config${decodeURI(unit.instanceLocation.slice(1))}`;
  if (unit.keyword === 'required') {
    const name = /"(.*)"/s.exec(unit.error)?.[1] ?? '';
    return { pointer: at + toPointer([name]), detail: 'is required' };
  }
  const bound =
    JSON.stringify(valueAtFragment(schema, decodeURI(unit.keywordLocation))) ?? 'what the schema says';
  const saying = sayings[unit.keyword] ?? (() => "doesn't fit the schema of its type");
  return { pointer: at, detail: saying(bound).slice(0, 500) };
}

/** Addresses that carry a credential where everybody could see it. */
export function openCredentials(config: JsonObject, shape: ConfigShape): FieldFault[] {
  return search(config, shape, ['config']);
}

function search(value: JsonValue, shape: ConfigShape | undefined, path: Path): FieldFault[] {
  if (isObject(value) && shape?.declaresMembers) {
    return Object.entries(value).flatMap(([key, member]) =>
      search(member, shape.member(key), [...path, key]),
    );
  }
  if (Array.isArray(value) && shape?.declaresItems) {
    return value.flatMap((item, index) => search(item, shape.item(), [...path, index]));
  }
  if (!shape?.isPublic || !carriesCredential(value)) return [];
  const detail = 'must not carry a credential, since it is shown: put it into a setting of its own';
  return [{ pointer: toPointer(path), detail }];
}

function carriesCredential(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(carriesCredential);
  if (isObject(value)) return Object.values(value).some(carriesCredential);
  if (typeof value !== 'string') return false;
  if (!/:\/\//.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return password !== '' || (username !== '' && /^https?:$/.test(protocol));
}
