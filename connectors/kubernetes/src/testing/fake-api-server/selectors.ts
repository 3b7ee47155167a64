import type { JsonValue } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../../cluster/cluster.js';

export type Selector = (object: KubernetesObject) => boolean;

/** A selector that can't be understood is refused, as by a real server. */
export class SelectorError extends Error {}

const label = (object: KubernetesObject, key: string): string | undefined =>
  (object.metadata.labels as Record<string, string> | undefined)?.[key];

function requirement(text: string): Selector {
  const [, key = '', word = '', values = ''] = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(text) ?? [];
  if (word !== '') {
    const named = new Set(values.split(',').map((value) => value.trim()));
    return (object) => named.has(label(object, key) ?? '\u0000') === (word === 'in');
  }
  const [, left = '', sign = '', right = ''] = /^([^=!\s]+)\s*(==?|!=)\s*(\S*)$/.exec(text) ?? [];
  if (sign !== '') return (object) => (label(object, left) === right) === (sign !== '!=');
  if (!/^!?[\w./-]+$/.test(text)) throw new SelectorError(`unable to parse requirement: ${text}`);
  const isThere = !text.startsWith('!');
  return (object) => (label(object, text.replace('!', '')) !== undefined) === isThere;
}

/** `app=api,tier in (web, job),!canary`. */
export function labelSelector(text: string): Selector {
  const parts = text.match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  const all = parts.map((part) => requirement(part.trim()));
  return (object) => all.every((one) => one(object));
}

/** What can be selected by beside name and namespace, where a kind has it. */
const selectable = new Set([
  'type',
  'reason',
  'involvedObject.kind',
  'involvedObject.name',
  'involvedObject.namespace',
  'involvedObject.uid',
  'spec.nodeName',
  'status.phase',
  'metadata.name',
  'metadata.namespace',
]);

function at(object: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined,
    object,
  );
}

/** `type=Warning,metadata.name!=x`. */
export function fieldSelector(text: string): Selector {
  const all = text.split(',').map((part): Selector => {
    const [, path = '', sign = '', value = ''] = /^([\w.]+)(==?|!=)(.*)$/.exec(part.trim()) ?? [];
    if (!selectable.has(path)) throw new SelectorError(`field label not supported: ${path || part}`);
    const keys = path.split('.');
    return (object) => ((at(object, keys) ?? '') === value) === (sign !== '!=');
  });
  return (object) => all.every((one) => one(object));
}

/** Both selectors of a query. @throws SelectorError */
export function selectorOf(query: URLSearchParams): Selector {
  const [labels, fields] = [query.get('labelSelector') ?? '', query.get('fieldSelector') ?? ''];
  const [byLabel, byField] = [labels && labelSelector(labels), fields && fieldSelector(fields)];
  return (object) => (!byLabel || byLabel(object)) && (!byField || byField(object));
}
