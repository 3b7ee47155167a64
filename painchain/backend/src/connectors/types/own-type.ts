import type { ConnectorTypeView, JsonObject } from '@painchain/contract';

const field = (title: string, order: number, more: object = {}, hints: object = {}) => ({
  title,
  ...more,
  'x-painchain': { order, ...hints },
});

const named = (title: string, members: Record<string, string>, order: number) => {
  const properties = Object.entries(members).map(([key, title], index) => [key, field(title, index + 1)]);
  return field(title, order, { type: 'object', properties: Object.fromEntries(properties) });
};

const change = {
  type: 'object',
  properties: {
    field: field('Setting', 1, {}, { role: 'code' }),
    old: field('Before', 2),
    new: field('After', 3),
    replaced: field('Replaced', 4, { description: 'What it was and is can’t be shown.' }),
    removed: field('Removed', 5),
  },
};

const how = {
  changes: field('Changes', 2, { type: 'array', items: change }),
  changes_total: field('Changes in all', 3),
  by: field('By', 4),
  file: field('File', 5, {}, { role: 'code' }),
};

const integrationEvent = (title: string): JsonObject => ({
  title,
  type: 'object',
  properties: { integration: named('Integration', { name: 'Name', type: 'Type', id: 'Id' }, 1), ...how },
  'x-painchain': { summary: ['integration.name', 'integration.type', 'by'] },
});

const teamEvent = (title: string): JsonObject => ({
  title,
  type: 'object',
  properties: { team: named('Team', { name: 'Name', id: 'Id' }, 1), ...how },
  'x-painchain': { summary: ['team.name', 'by'] },
});

/** What PainChain tells of itself: a type like any other to whoever reads, and one that nobody connects. */
export const ownType: ConnectorTypeView = {
  type: 'painchain',
  name: 'PainChain',
  description: 'Changes of PainChain’s own configuration: integrations and teams.',
  mode: 'internal',
  color: '#64748b',
  config_schema: { type: 'object', additionalProperties: false },
  event_schemas: {
    integration_created: integrationEvent('Integration created'),
    integration_updated: integrationEvent('Integration updated'),
    integration_enabled: integrationEvent('Integration enabled'),
    integration_disabled: integrationEvent('Integration disabled'),
    integration_deleted: integrationEvent('Integration deleted'),
    team_created: teamEvent('Team created'),
    team_updated: teamEvent('Team updated'),
    team_deleted: teamEvent('Team deleted'),
  },
  built_in: true,
  config_example: null,
};
