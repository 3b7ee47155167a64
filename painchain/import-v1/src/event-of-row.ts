import {
  ConnectorType,
  HttpUrl,
  type JsonObject,
  type JsonValue,
  limits,
  type NewEvent,
} from '@painchain/contract';
import type { Connection } from './connections.js';

/** A row of v1's change_events, whatever its columns. */
export type V1Row = JsonObject;

/** Where rows come from. */
export interface Origin {
  /** Names the database in the keys of its events. */
  identity: string;
  connections: ReadonlyMap<string, Connection>;
}

// What an event has a place of its own for. All other columns go into its data under their own names.
const placed = new Set([
  'id',
  'connection_id',
  'source',
  'title',
  'timestamp',
  'status',
  'event_type',
  'type',
]);

/**
 * One row of v1 as an event. v1 had one row for each thing and changed it in place, so this is its last state. A text
 * that is too long is cut; what is missing altogether is left out, and the API says so. Pure.
 */
export function eventOfRow(row: V1Row, { identity, connections }: Origin): JsonObject & { key: string } {
  const connection = connections.get(textOf(row['connection_id']) ?? '');
  const metadata = objectOf(row['metadata']);
  const details = objectOf(row['event_metadata']);
  const type = textOf(row['event_type']) ?? textOf(row['type']);
  const url = HttpUrl.safeParse(withoutUser(textOf(row['url']) ?? '')).data;
  const described: Partial<NewEvent> = {
    ...given('type', cut(type, limits.type)),
    ...given('status', cut(textOf(row['status']), limits.status)),
    ...given('actor', cut(actorOf(row, metadata, details), limits.actor)),
    ...given('url', url),
  };
  return {
    key: `v1:${identity}:change_event:${textOf(row['id']) ?? ''}`,
    title: cut(textOf(row['title']), limits.title) ?? null,
    connector: connectorOf(row),
    project: cut(projectOf(metadata, connection, row), limits.project) ?? null,
    timestamp: instantOf(row['timestamp']) ?? null,
    ...(described as JsonObject),
    tags: connection?.eventTags ?? [],
    backfill: true,
    data: dataOf(row, connection, { metadata, details, type }),
  };
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]?: Value });
}

function dataOf(
  row: V1Row,
  connection: Connection | undefined,
  { metadata, details, type }: { metadata: JsonObject; details: JsonObject; type: string | undefined },
): JsonObject {
  const others = Object.entries(row).filter(([name, value]) => !placed.has(name) && value !== null);
  const url = textOf(row['url']);
  return {
    ...Object.fromEntries(others),
    ...(url !== undefined && { url: withoutUser(url) }),
    ...(type !== undefined && { event_type: type }),
    ...(row['metadata'] !== undefined && { metadata: withoutValues(metadata) }),
    ...(row['event_metadata'] !== undefined && { event_metadata: withoutValues(details) }),
    v1: {
      id: row['id'] ?? null,
      source: row['source'] ?? null,
      connection: connection?.name ?? textOf(row['connection_id']) ?? null,
    },
  };
}

/** v1 kept the variables of GitLab's pipelines with their values, where tokens may be: their names are enough. */
function withoutValues(object: JsonObject): JsonObject {
  if (!Array.isArray(object['variables'])) return object;
  const names = object['variables'].map((variable) => textOf(objectOf(variable)['key']) ?? '?');
  return { ...object, variables: names };
}

function connectorOf(row: V1Row): string {
  return ConnectorType.safeParse(textOf(row['source'])?.toLowerCase()).data ?? 'v1';
}

/** As v2 names projects: the repository, or cluster/namespace. */
function projectOf(metadata: JsonObject, connection: Connection | undefined, row: V1Row): string | undefined {
  const repository =
    textOf(metadata['repository']) ?? textOf(metadata['repo']) ?? textOf(metadata['project']);
  if (repository) return repository;
  const cluster = textOf(metadata['cluster']);
  const namespace = textOf(metadata['namespace']);
  if (cluster) return namespace ? `${cluster}/${namespace}` : cluster;
  return connection?.name ?? textOf(row['source']);
}

function actorOf(row: V1Row, ...described: JsonObject[]): string | undefined {
  for (const names of [row, ...described]) {
    const actor = textOf(names['author']) ?? textOf(names['actor']) ?? textOf(names['pusher']);
    if (actor) return actor;
  }
  return undefined;
}

/** v1 kept UTC without saying so. PostgreSQL leaves the minutes of an offset away where they are 00. */
function instantOf(value: JsonValue | undefined): string | undefined {
  const text = textOf(value)?.replace(' ', 'T');
  if (text === undefined || !/^\d/.test(text)) return text;
  if (/T.*[+-]\d\d$/.test(text)) return `${text}:00`;
  return /(?:Z|T.*[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`;
}

/** Who may be let in by it stays out. */
function withoutUser(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, '$1');
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /\S/u.test(value) ? value : undefined;
}

/** Also of JSON in a column of text. */
function objectOf(value: JsonValue | undefined): JsonObject {
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      return JSON.parse(value) as JsonObject;
    } catch {
      return {};
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** Never in the middle of a character. */
function cut(text: string | undefined, max: number): string | undefined {
  if (text === undefined || text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
