import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { type ConfigDiff, subjectName } from './config-diff.js';
import { isHidden } from './digest-text.js';
import { type FieldChange, type FieldPath, itemOf } from './field-diff.js';
import { isObject } from './json-object.js';
import type { KeptConfig } from './kept-config.js';
import { type PermissionChange, permissionChange } from './permissions.js';
import { someOf } from './wording.js';

const maxValueCharacters = 40;
const maxPhrases = 50;

/** What has changed, in words, and what of it stands in the data beside the fields. */
export interface ConfigWords {
  title: string;
  data: JsonObject;
}

export function changeWords(
  kind: string,
  diff: ConfigDiff,
  before: KeptConfig,
  after: KeptConfig,
): ConfigWords {
  const named = `${kind} ${after.metadata.name}`;
  if (kind === 'Role' || kind === 'ClusterRole') {
    const change = permissionChange(before.content, after.content);
    if (change.words !== '') return { title: `${named} ${change.words}`, data: permissionData(change) };
  }
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
    const words = subjectWords(before, after);
    if (words !== undefined) return { title: `${named} ${words}`, data: {} };
  }
  const isOfTexts = kind === 'ConfigMap' || kind === 'Secret';
  const move = isOfTexts ? undefined : onlyMove(diff);
  return { title: move === undefined ? `${named} edited: ${names(diff)}` : `${named}: ${move}`, data: {} };
}

/** What is said of an object that has come, beside its name. */
export function creationWords(kind: string, { content }: KeptConfig): string {
  if (!kind.endsWith('RoleBinding')) return '';
  const subjects = subjectsOf(content['subjects']);
  return subjects.length === 0 ? '' : `: ${roleOf(content)} for ${someOf(subjects)}`;
}

function permissionData({ granted, revoked }: PermissionChange): JsonObject {
  return {
    ...(granted.length > 0 && { granted: granted.slice(0, maxPhrases) }),
    ...(revoked.length > 0 && { revoked: revoked.slice(0, maxPhrases) }),
  };
}

/** `now gives admin to User ada`. */
function subjectWords(before: KeptConfig, after: KeptConfig): string | undefined {
  const [old, fresh] = [before, after].map(({ content }) => subjectsOf(content['subjects']));
  const come = fresh?.filter((name) => !old?.includes(name)) ?? [];
  const gone = old?.filter((name) => !fresh?.includes(name)) ?? [];
  const role = roleOf(after.content);
  const words = [
    come.length > 0 ? `now gives ${role} to ${someOf(come)}` : '',
    gone.length > 0 ? `no longer gives ${role} to ${someOf(gone)}` : '',
  ].filter((part) => part !== '');
  return words.length === 0 ? undefined : words.join(' and ');
}

function subjectsOf(subjects: JsonValue | undefined): string[] {
  return Array.isArray(subjects) ? subjects.flatMap((subject) => subjectName(subject) ?? []) : [];
}

function roleOf({ roleRef }: JsonObject): string {
  const name = isObject(roleRef) ? roleRef['name'] : null;
  return typeof name === 'string' ? name : 'its role';
}

/** From what to what, where it is one small value: `port 80 → 8080`. */
function onlyMove({ texts, fields }: ConfigDiff): string | undefined {
  const [only] = fields.changes;
  if (!only || fields.total !== 1 || texts.length > 0) return undefined;
  const [old, fresh] = [plain(only.old), plain(only.new)];
  return old === undefined || fresh === undefined ? undefined : `${wordOf(only.path)} ${old} → ${fresh}`;
}

/** A small value as it is shown; undefined where it is none, or hidden. */
function plain(value: JsonValue): string | undefined {
  if (typeof value === 'object') return undefined;
  const text = String(value);
  return text.length === 0 || text.length > maxValueCharacters || isHidden(text) ? undefined : text;
}

/** The names of what has changed, each once. */
function names({ texts, fields, total }: ConfigDiff): string {
  const words = [
    ...texts.map(({ name, change }) => moved(name, change['old'] ?? null, change['new'] ?? null)),
    ...fields.changes.map(changeWord),
  ];
  const shown = someOf([...new Set(words)]);
  return total > texts.length + fields.changes.length ? `${shown} and others` : shown;
}

function changeWord({ path, old, new: fresh }: FieldChange): string {
  return moved(wordOf(path), old, fresh);
}

function moved(name: string, old: JsonValue, fresh: JsonValue): string {
  if (old === null) return `${name} added`;
  return fresh === null ? `${name} removed` : name;
}

/** Above these there is nothing else, so they say nothing. */
const outer = new Set(['spec', 'hard', 'data']);

/** What a field is called where its object is known: `port`, `label team`, `rules[shop.example]`. */
function wordOf(path: FieldPath): string {
  const [first, second, ...rest] = path;
  if (first === 'metadata') return `${(second ?? '').replace(/s$/, '')} ${rest.join('.')}`;
  const inner = path.slice(path.findIndex((step) => !outer.has(step)));
  const last = inner.findLastIndex((step) => itemOf(step) !== undefined);
  if (last < 0) return inner.join('.');
  const [list, field] = [inner[last - 1] ?? '', inner.slice(last + 1).join('.')];
  if (field === '') return `${list}${inner[last] ?? ''}`;
  return field === 'name' ? `${list.replace(/s$/, '')} name` : field;
}
