import { type JsonObject, type JsonValue, limits } from '@painchain/contract';
import { textOf } from './json-text.js';

/** What v1 called a connection, without any secret. */
export interface Connection {
  id: string;
  name: string;
  type: string;
  enabled: boolean;
  /** Its own, in v1's words. */
  tags: string[];
  /** What its events carry: its tags, and its name where a team was linked to it. */
  eventTags: string[];
  /** Of its settings those that are known to be harmless, as text. */
  settings: Readonly<Record<string, string>>;
  /** The names of all other settings that were set. */
  leftOut: string[];
}

// By name, since whatever is not known may be a secret.
const harmless = new Set([
  'repos',
  'repositories',
  'branches',
  'clusterName',
  'namespaces',
  'pollInterval',
  'poll_interval',
  'isEnterprise',
  'verifySSL',
]);
const addresses = new Set(['baseUrl', 'base_url', 'apiServer', 'url']);

export function readConnections(
  rows: readonly JsonObject[],
  linked: ReadonlySet<string>,
): Map<string, Connection> {
  const connections = new Map<string, Connection>();
  for (const row of rows) {
    const id = textOf(row['id']);
    const name = textOf(row['name']) || `connection ${id}`;
    const config = settingsOf(row['config']);
    const tags = tagsOf(row['tags'] ?? config['tags']);
    const eventTags = linked.has(id) ? [...new Set([...tags, tagOf(name)])] : tags;
    const enabled = row['enabled'] !== false;
    connections.set(id, {
      id,
      name,
      type: textOf(row['type']),
      enabled,
      tags,
      eventTags,
      ...sorted(config, row),
    });
  }
  return connections;
}

/** v1 had them in one text, by commas, or in a list. */
export function tagsOf(value: JsonValue | undefined): string[] {
  const given = Array.isArray(value) ? value : textOf(value).split(',');
  return [...new Set(given.map(textOf).filter(Boolean).map(tagOf))].slice(0, limits.tags - 1);
}

export function tagOf(text: string): string {
  return text.trim().slice(0, limits.tag).trim();
}

function settingsOf(value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return value;
}

function sorted(config: JsonObject, row: JsonObject): Pick<Connection, 'settings' | 'leftOut'> {
  const settings: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const [name, value] of Object.entries(config)) {
    const known = harmless.has(name) ? listOf(value) : addresses.has(name) ? addressOf(value) : undefined;
    if (known) settings[name] = known;
    else if (name !== 'tags' && value !== null && value !== '') leftOut.push(name);
  }
  if (textOf(row['webhook_secret'])) leftOut.push('webhook_secret');
  return { settings, leftOut };
}

function listOf(value: JsonValue): string | undefined {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(',');
  return typeof value === 'object' ? undefined : String(value).trim() || undefined;
}

/** Without the user that may stand in it, and without its query. */
function addressOf(value: JsonValue): string | undefined {
  if (!URL.canParse(textOf(value))) return undefined;
  const { origin, pathname } = new URL(textOf(value));
  return origin === 'null' ? undefined : `${origin}${pathname}`.replace(/\/+$/, '');
}
