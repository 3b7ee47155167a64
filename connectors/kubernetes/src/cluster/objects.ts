import type { JsonObject } from '@painchain/connector-sdk';
import type { KubernetesObject, ListPage, WatchEvent } from './cluster.js';
import { type Status, isExpired, readStatus } from './faults.js';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function metadataOf(value: unknown): JsonObject | undefined {
  return isObject(value) && isObject(value.metadata) ? value.metadata : undefined;
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  const metadata = metadataOf(value);
  return (
    metadata !== undefined &&
    isText(metadata.uid) &&
    isText(metadata.name) &&
    isText(metadata.resourceVersion) &&
    (metadata.namespace === undefined || typeof metadata.namespace === 'string')
  );
}

/** Of built-in kinds only the list says what its objects are: `DeploymentList`. */
function withKind(object: KubernetesObject, list: JsonObject): KubernetesObject {
  if (isText(object.kind) && isText(object.apiVersion)) return object;
  const { kind, apiVersion } = list;
  return {
    ...object,
    apiVersion: isText(apiVersion) ? apiVersion : '',
    kind: isText(kind) ? kind.replace(/List$/, '') : '',
  };
}

/** A page of a list; undefined when it can't be read. */
export function readListPage(answer: unknown): ListPage | undefined {
  const metadata = metadataOf(answer);
  if (!isObject(answer) || !metadata || !isText(metadata.resourceVersion)) return undefined;
  // An empty list of Go's is null.
  const items: unknown = answer.items ?? [];
  if (!Array.isArray(items) || !items.every(isKubernetesObject)) return undefined;
  return {
    objects: items.map((object) => withKind(object, answer)),
    resourceVersion: metadata.resourceVersion,
    next: isText(metadata.continue) ? metadata.continue : undefined,
  };
}

/** A line of a watch: what it tells, why the server ends it, or undefined when it can't be read. */
export function readWatchLine(line: string): WatchEvent | { type: 'ERROR'; status: Status } | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(event)) return undefined;
  const { type, object } = event;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return isKubernetesObject(object) ? { type, object } : undefined;
    case 'BOOKMARK': {
      const resourceVersion = metadataOf(object)?.resourceVersion;
      return isText(resourceVersion) ? { type, resourceVersion } : undefined;
    }
    case 'ERROR': {
      const status = readStatus(object) ?? { code: 0, reason: '', message: '' };
      return isExpired(status) ? { type: 'EXPIRED' } : { type, status };
    }
    default:
      return undefined;
  }
}
