import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { isObject } from './json-object.js';
import { type Secrecy, hide, isPlainValue } from './secrecy.js';
import { redactText } from './secret-text.js';

/** Below these names stand names of the API, not of secrets: `hard: {secrets: 10}` is a quota. */
const harmless = new Set(['hard', 'openAPIV3Schema', 'managedFields']);

/** The members of what only says where a secret is: `{name, key}`, `{secretName, items}`, `{path, audience}`. */
const referring = new Set(
  (
    'name namespace kind apiVersion apiGroup group uid fieldPath resourceVersion ' +
    'key optional secretName items path mode defaultMode audience expirationSeconds'
  ).split(' '),
);

/**
 * An object in which no secret stands: neither as the value of a secret-looking name, nor as part of a text. Of a Secret
 * every value is one.
 */
export function redactObject(object: JsonObject, secrecy: Secrecy): JsonObject {
  const plain = members(object, secrecy, false);
  if (object['kind'] !== 'Secret') return plain;
  const values = ['data', 'stringData'].flatMap((name) => {
    const given = object[name];
    return isObject(given) ? [[name, hidden(given, secrecy)] as const] : [];
  });
  return { ...plain, ...Object.fromEntries(values) };
}

function redacted(value: JsonValue, secrecy: Secrecy, isPlain: boolean): JsonValue {
  if (typeof value === 'string') return redactText(value, secrecy);
  if (Array.isArray(value)) return items(value, secrecy, isPlain);
  return isObject(value) ? members(value, secrecy, isPlain) : value;
}

function members(object: JsonObject, secrecy: Secrecy, isPlain: boolean): JsonObject {
  const named = object['name'] ?? object['key'];
  const ofSecret = !isPlain && typeof named === 'string' && secrecy.isSecret(named);
  const given = Object.entries(object);
  const left = given.map(([name, value]): [string, JsonValue] => {
    if (harmless.has(name) && (name !== 'hard' || isQuota(value)))
      return [name, name === 'managedFields' ? value : redacted(value, secrecy, true)];
    const isSecret = !isPlain && (secrecy.isSecret(name) || (ofSecret && name === 'value'));
    return [name, isSecret ? hiddenValue(value, secrecy) : redacted(value, secrecy, isPlain)];
  });
  // Of most objects nothing is hidden, and they stay as they are.
  return given.every(([, value], index) => value === left[index]?.[1]) ? object : Object.fromEntries(left);
}

/** Arguments of a command may have their names before them: `--token`, `abc`. */
function items(list: JsonValue[], secrecy: Secrecy, isPlain: boolean): JsonValue[] {
  const left = list.map((item, index) => {
    const before = index === 0 ? undefined : list[index - 1];
    const isArgument = typeof item === 'string' && typeof before === 'string' && !isPlain;
    return isArgument ? argument(before, item, secrecy) : redacted(item, secrecy, isPlain);
  });
  return list.every((item, index) => item === left[index]) ? list : left;
}

function argument(before: string, item: string, secrecy: Secrecy): string {
  const flag = /^--?([\w.-]+)$/.exec(before)?.[1];
  if (flag !== undefined && secrecy.isSecret(flag)) return hide(item, secrecy);
  // An account, as in a text: `-u ada:abc`.
  const said = flag === 'u' || flag === 'user' ? `${before} ` : '';
  return redactText(said + item, secrecy).slice(said.length);
}

/** What stands under a secret-looking name: hidden, unless it only says where the secret is. */
function hiddenValue(value: JsonValue, secrecy: Secrecy): JsonValue {
  if (typeof value === 'string' && isPlainValue(value)) return value;
  const list = Array.isArray(value) ? value : [value];
  const refers = list.length > 0 && list.every((item) => isObject(item) && isReference(item));
  return refers ? redacted(value, secrecy, true) : hidden(value, secrecy);
}

function isQuota(value: JsonValue): boolean {
  const isAmount = (hard: JsonValue) =>
    typeof hard === 'number' || (typeof hard === 'string' && /^\d+(?:\.\d+)?[A-Za-z]{0,2}$/.test(hard));
  return isObject(value) && Object.values(value).every(isAmount);
}

function isReference(object: JsonObject): boolean {
  return Object.keys(object).every((name) => referring.has(name));
}

function hidden(value: JsonValue, secrecy: Secrecy): JsonValue {
  if (typeof value === 'string') return value === '' ? value : secrecy.digest(value);
  if (typeof value === 'number') return secrecy.digest(String(value));
  if (Array.isArray(value)) return value.map((item) => hidden(item, secrecy));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hidden(inner, secrecy)]));
}
