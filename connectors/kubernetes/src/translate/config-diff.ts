import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { isSameText, textChange } from './config-text.js';
import { canonical } from './digest.js';
import {
  type FieldDiff,
  type FieldPath,
  changeData,
  fieldDiff,
  itemOf,
  itemStep,
  pathText,
} from './field-diff.js';
import { isObject } from './json-object.js';
import { type KeptConfig, wanted } from './kept-config.js';

const maxTexts = 50;

/** What differs between two versions of a configuration object. */
export interface ConfigDiff {
  /** The entries of `data` that differ, by their names. */
  texts: { name: string; change: JsonObject }[];
  /** All other fields. */
  fields: FieldDiff;
  /** Where it differs in the API’s own words: to find out who has done it. */
  paths: FieldPath[];
  /** How many changes there are. */
  total: number;
}

/** Undefined when nothing has changed that anybody wanted. */
export function configDiff(kind: string, before: KeptConfig, after: KeptConfig): ConfigDiff | undefined {
  const [was, is] = [wanted(before), wanted(after)];
  if (canonical(was) === canonical(is)) return undefined;
  const names = changedTexts(was['data'], is['data']);
  const [old, fresh] = shownAlike(kind, was, is);
  const isText = ([first]: FieldPath) => first === 'data';
  const asIs = fieldDiff(was, is, isText);
  const alike = fieldDiff(old, fresh, isText);
  // By their names the same things in another order look the same.
  const fields = alike.total === 0 ? asIs : alike;
  const changes = fields.changes.map((change) => ({
    ...change,
    old: unkeyed(change.old),
    new: unkeyed(change.new),
  }));
  const texts = names.slice(0, maxTexts).map((name) => ({
    name,
    change: textChange(memberOf(was['data'], name), memberOf(is['data'], name)),
  }));
  const paths = [...names.map((name) => ['data', name]), ...asIs.changes.map(({ path }) => path)];
  return { texts, fields: { ...fields, changes }, paths, total: names.length + fields.total };
}

/** As it stands in an event’s data. */
export function diffData({ texts, fields, total }: ConfigDiff): JsonObject {
  const rows = texts.map(({ name, change }) => ({ path: pathText(['data', name]), ...change }));
  const { changes } = changeData(fields);
  const shown = [...rows, ...(Array.isArray(changes) ? changes : [])].slice(0, maxTexts);
  return { changes: shown, ...(total > shown.length && { changes_total: total }) };
}

function memberOf(object: JsonValue | undefined, name: string): JsonValue {
  return isObject(object) && Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

function changedTexts(before: JsonValue | undefined, after: JsonValue | undefined): string[] {
  const names = [before, after].flatMap((data) => (isObject(data) ? Object.keys(data) : []));
  return [...new Set(names)].filter((name) => !isSameText(memberOf(before, name), memberOf(after, name)));
}

/** Two versions in which the items of lists are called alike that are the same thing. */
function shownAlike(kind: string, before: JsonObject, after: JsonObject): JsonObject[] {
  const both = [before, after];
  if (kind === 'Service') return alikePorts(both);
  if (kind === 'Ingress') return alikeRules(both);
  if (kind.endsWith('RoleBinding')) {
    return both.map((object) => ({ ...object, subjects: keyed(object['subjects'], subjectName) }));
  }
  return both;
}

/** The only port of a Service is the same one, whatever its number and its name. */
function alikePorts(both: JsonObject[]): JsonObject[] {
  const specs = both.map((object) => (isObject(object['spec']) ? object['spec'] : {}));
  const areSingle = specs.every(({ ports }) => Array.isArray(ports) && ports.length === 1);
  if (!areSingle) return both;
  return both.map((object, index) => {
    const [only] = (specs[index]?.['ports'] ?? []) as JsonValue[];
    return { ...object, spec: { ...specs[index], ports: { [itemStep('0')]: only ?? null } } };
  });
}

/** Rules by their hosts and paths, unless there is only one of them, which may get another name. */
function alikeRules(both: JsonObject[]): JsonObject[] {
  const rules = both.map(({ spec }) => listIn(spec, 'rules'));
  const byHost = rules.some((list) => list.length > 1);
  const byPath = rules.flat().some((rule) => pathsOf(rule).length > 1);
  return both.map((object, index) => {
    const list = (rules[index] ?? []).map((rule) => (byPath ? withPaths(rule) : rule));
    const shown = byHost ? keyed(list, (rule) => nameIn(rule, 'host')) : list;
    return { ...object, spec: { ...(isObject(object['spec']) && object['spec']), rules: shown } };
  });
}

function listIn(object: JsonValue | undefined, name: string): JsonValue[] {
  const list = isObject(object) ? object[name] : undefined;
  return Array.isArray(list) ? list : [];
}

function pathsOf(rule: JsonValue): JsonValue[] {
  return isObject(rule) ? listIn(rule['http'], 'paths') : [];
}

function withPaths(rule: JsonValue): JsonValue {
  if (!isObject(rule) || !isObject(rule['http'])) return rule;
  const paths = keyed(pathsOf(rule), (path) => nameIn(path, 'path'));
  return { ...rule, http: { ...rule['http'], paths } };
}

function nameIn(item: JsonValue, key: string): string | undefined {
  const name = isObject(item) ? item[key] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** A subject of a binding as one speaks of it: `User ada`, `ServiceAccount shop/deployer`. */
export function subjectName(subject: JsonValue): string | undefined {
  if (!isObject(subject)) return undefined;
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map((key) => nameIn(subject, key));
  if (kind === undefined || name === undefined) return undefined;
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** A list by the names of its items, where each has one of its own. */
function keyed(list: JsonValue | undefined, nameOf: (item: JsonValue) => string | undefined): JsonValue {
  if (!Array.isArray(list)) return list ?? null;
  const entries = list.map((item): [string | undefined, JsonValue] => [nameOf(item), item]);
  const names = new Set(entries.map(([name]) => name));
  if (names.has(undefined) || names.size < list.length) return list;
  return Object.fromEntries(entries.map(([name, item]) => [itemStep(name ?? ''), item]));
}

/** A value as it is shown: lists as lists. */
function unkeyed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(unkeyed);
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  if (names.length > 0 && names.every((name) => itemOf(name) !== undefined)) {
    return Object.values(value).map((item) => unkeyed(item ?? null));
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unkeyed(inner ?? null)]));
}
