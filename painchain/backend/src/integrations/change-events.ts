import type { JsonObject } from '@painchain/contract';
import { encodeId } from '../database/opaque-id.js';
import type { OwnEvent } from '../events/own-events.service.js';
import type { ConfigDiff } from './configuration/diff-config.js';

/** Which integration, as it is called from now on. */
export interface ChangedIntegration {
  id: string;
  type: string;
  name: string;
  /** The file that says so; undefined when somebody asked for it. */
  file: string | undefined;
}

/** What people may set about an integration, beside its configuration. */
export interface Settings {
  name: string;
  group: string | null;
  enabled: boolean;
}

const mostNamed = 3;
const nothing: ConfigDiff = { changes: [], total: 0 };

export function createdEvent(
  integration: ChangedIntegration,
  settings: Settings,
  config: ConfigDiff,
): OwnEvent {
  const group = settings.group === null ? [] : [{ field: 'group', old: null, new: settings.group }];
  const diff = { changes: [...group, ...config.changes], total: group.length + config.total };
  return eventOf(integration, 'created', settings.enabled ? '' : ', disabled', diff);
}

/** One for what changed, one for being switched on or off; none when nothing did. */
export function updatedEvents(
  integration: ChangedIntegration,
  before: Settings,
  after: Settings,
  config: ConfigDiff = nothing,
): OwnEvent[] {
  const own = (['name', 'group'] as const).flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, old: before[field], new: after[field] }],
  );
  const diff = { changes: [...own, ...config.changes], total: own.length + config.total };
  const events = diff.total > 0 ? [eventOf(integration, 'updated', `: ${named(diff)}`, diff)] : [];
  if (before.enabled !== after.enabled) {
    events.push(eventOf(integration, after.enabled ? 'enabled' : 'disabled'));
  }
  return events;
}

export function deletedEvent(integration: ChangedIntegration, events: 'keep' | 'delete'): OwnEvent {
  return eventOf(integration, 'deleted', events === 'delete' ? ' with its events' : '');
}

function eventOf(
  { id, type, name, file }: ChangedIntegration,
  what: 'created' | 'updated' | 'enabled' | 'disabled' | 'deleted',
  more = '',
  { changes, total }: ConfigDiff = nothing,
): OwnEvent {
  const integration = { id: encodeId('int', id), name, type };
  const data: JsonObject = {
    integration,
    ...(changes.length > 0 && { changes }),
    ...(total > changes.length && { changes_total: total }),
    ...(file === undefined ? { by: 'api' } : { by: 'file', file }),
  };
  const title = `${type} integration "${name}" ${what}${more}`;
  return { type: `integration_${what}`, title, subject: `integration/${integration.id}`, data };
}

/** `token, base_url and 2 more` */
function named({ changes, total }: ConfigDiff): string {
  const fields = [...new Set(changes.map(({ field }) => field))].slice(0, mostNamed);
  const rest = total - fields.length;
  return fields.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
