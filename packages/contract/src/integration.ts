import { z } from 'zod';
import { ConnectorType } from './event.js';
import { JsonObject } from './json.js';
import { SourceStatus, Trouble } from './source-status.js';
import { Timestamp } from './timestamp.js';

const name = z.string().trim().min(1).max(200);

/**
 * Registers a credential and configuration. With `file` it is managed by a configuration file: the same file
 * may register it again (an upsert) and only the connector instance that did so works through it.
 */
export const NewIntegration = z
  .strictObject({
    type: ConnectorType,
    name,
    group: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Logical grouping, such as a team.' }),
    config: JsonObject.meta({
      description: "By the type's config_schema. Secrets go in and never come out.",
    }),
    enabled: z.boolean().optional(),
    file: z
      .strictObject({ path: z.string().min(1).max(1_000), instance_id: z.string().min(1).max(100) })
      .optional(),
  })
  .meta({ id: 'NewIntegration' });
export type NewIntegration = z.infer<typeof NewIntegration>;

/** Changes an integration. A secret that is left out, or sent back as it was shown, keeps its value. */
export const IntegrationUpdate = z
  .strictObject({
    name: name.optional(),
    group: z.string().trim().min(1).max(200).nullable().optional(),
    config: JsonObject.optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'IntegrationUpdate' });
export type IntegrationUpdate = z.infer<typeof IntegrationUpdate>;

/** What stands in a configuration in place of a secret. `last4` only for secrets of 16 characters or more. */
export const SealedSecret = z
  .object({ set: z.boolean(), last4: z.string().optional(), updated_at: Timestamp })
  .meta({ id: 'SealedSecret' });
export type SealedSecret = z.infer<typeof SealedSecret>;

/** How an integration is doing, derived from its heartbeats and sources, in the words of /settings. */
export const IntegrationHealth = z.enum([
  'healthy',
  'late',
  'failing',
  'action_required',
  'paused',
  'never_connected',
  'orphaned',
]);
export type IntegrationHealth = z.infer<typeof IntegrationHealth>;

/** What an integration's configuration file says is not what its connector works by. Tells names, never values. */
export const Drift = z
  .object({ since: Timestamp, detail: z.string().max(2_000), remedy: z.string().max(2_000) })
  .meta({ id: 'Drift' });
export type Drift = z.infer<typeof Drift>;

/** An integration as it may be shown: no secret in it. */
export const IntegrationView = z
  .object({
    id: z.string(),
    tenant_id: z.string().optional().meta({ description: "The tenant's slug; in the SaaS tier only." }),
    type: z.string(),
    name: z.string(),
    group: z.string().nullable(),
    config: JsonObject,
    status: z.enum(['active', 'inactive', 'error']),
    health: IntegrationHealth,
    managed_by: z.enum(['api', 'file']),
    file: z.string().nullable(),
    registered_at: Timestamp,
    updated_at: Timestamp,
    last_sync: Timestamp.nullable(),
    last_event_at: Timestamp.nullable(),
    last_heartbeat: Timestamp.nullable(),
    connector_id: z.string().nullable().meta({ description: 'The connector that holds the lease now.' }),
    sources: z.array(SourceStatus),
    trouble: Trouble.nullable(),
    drift: Drift.nullable(),
  })
  .meta({ id: 'IntegrationView' });
export type IntegrationView = z.infer<typeof IntegrationView>;

export const IntegrationList = z
  .object({ integrations: z.array(IntegrationView) })
  .meta({ id: 'IntegrationList' });
export type IntegrationList = z.infer<typeof IntegrationList>;

/** How many events each integration brought in each of the last 24 hours, the oldest first; the last one is under way. */
export const IntegrationActivity = z
  .object({
    from: Timestamp.meta({ description: 'When the first of the hours began.' }),
    integrations: z.array(
      z.object({ integration_id: z.string(), hours: z.array(z.int().nonnegative()).length(24) }),
    ),
  })
  .meta({ id: 'IntegrationActivity' });
export type IntegrationActivity = z.infer<typeof IntegrationActivity>;

/** What is to become of the events of an integration that is removed. */
export const IntegrationRemoval = z
  .strictObject({
    events: z.enum(['keep', 'delete']).default('keep').meta({
      description: 'delete: those that no other integration of the type covers go, which takes a while.',
    }),
  })
  .meta({ id: 'IntegrationRemoval' });
export type IntegrationRemoval = z.infer<typeof IntegrationRemoval>;

/** A command to the connector that works through an integration, and what came of it. */
export const CommandView = z
  .object({
    id: z.string(),
    kind: z.enum(['test', 'sync']),
    status: z.enum(['queued', 'sent', 'succeeded', 'failed']),
    steps: z.array(
      z.object({
        name: z.string().max(200),
        ok: z.boolean(),
        detail: z.string().max(2_000).optional(),
        remedy: z.string().max(2_000).optional(),
      }),
    ),
    created_at: Timestamp,
    finished_at: Timestamp.nullable(),
  })
  .meta({ id: 'CommandView' });
export type CommandView = z.infer<typeof CommandView>;
