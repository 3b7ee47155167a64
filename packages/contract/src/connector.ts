import { z } from 'zod';
import { LeaseProof } from './delivery.js';
import { ConnectorType } from './event.js';
import { CommandView, Drift } from './integration.js';
import { JsonObject, JsonValue } from './json.js';
import { ConnectorManifest } from './manifest.js';
import { limits } from './limits.js';
import { SourceStatus, Trouble } from './source-status.js';
import { Timestamp } from './timestamp.js';

/** The version of this contract. A backend refuses a connector whose major version is not its own. */
export const contractVersion = '2.0';

/** A connector process says who it is. Registering the same instance again is an upsert. */
export const ConnectorRegistration = z
  .strictObject({
    instance_id: z.string().min(1).max(100).meta({ description: 'Made anew at each start of the process.' }),
    type: ConnectorType,
    version: z.string().min(1).max(50),
    contract_version: z.string().regex(/^\d+\.\d+$/),
    manifest: ConnectorManifest,
  })
  .meta({ id: 'ConnectorRegistration' });
export type ConnectorRegistration = z.infer<typeof ConnectorRegistration>;

export const RegistrationAnswer = z
  .object({
    connector_id: z.string(),
    heartbeat_seconds: z.number().positive(),
    lease_seconds: z.number().positive(),
  })
  .meta({ id: 'RegistrationAnswer' });
export type RegistrationAnswer = z.infer<typeof RegistrationAnswer>;

/** One lease that a connector still works through, and how its sources are doing. */
export const HeldLease = LeaseProof.extend({
  sources: z.array(SourceStatus).max(limits.jsonWidth),
  partial: z.boolean().optional().meta({
    description:
      'There are more sources than these: what was told of them before still holds. Each is told within a few minutes.',
  }),
  trouble: Trouble.nullable().meta({ description: 'What keeps the whole integration from working.' }),
  drift: Drift.nullable().optional(),
}).meta({ id: 'HeldLease' });
export type HeldLease = z.infer<typeof HeldLease>;

export const CommandResult = z
  .strictObject({ command_id: z.string().max(64), ok: z.boolean(), steps: CommandView.shape.steps.max(50) })
  .meta({ id: 'CommandResult' });
export type CommandResult = z.infer<typeof CommandResult>;

/** Every `heartbeat_seconds`: I live, these are my leases, this is how they do. Renews the leases. */
export const Heartbeat = z
  .strictObject({
    state: z.enum(['running', 'draining', 'stopped']),
    leases: z.array(HeldLease).max(10_000),
    command_results: z.array(CommandResult).max(100).default([]),
  })
  .meta({ id: 'Heartbeat' });
export type Heartbeat = z.infer<typeof Heartbeat>;

export const HeartbeatAnswer = z
  .object({
    leases: z.array(
      z.object({
        integration_id: z.string(),
        state: z.enum(['held', 'lost', 'give_back']).meta({
          description:
            'lost: drop the work and lease anew. give_back: finish and release, another instance has joined.',
        }),
      }),
    ),
    commands: z.array(
      z.object({ id: z.string(), kind: z.enum(['test', 'sync']), integration_id: z.string() }),
    ),
  })
  .meta({ id: 'HeartbeatAnswer' });
export type HeartbeatAnswer = z.infer<typeof HeartbeatAnswer>;

/** Hands leases back and asks for at most `claim` new ones, in one step. */
export const LeaseRequest = z
  .strictObject({
    claim: z.int().min(0).max(1_000),
    release: z.array(LeaseProof).max(10_000).default([]),
  })
  .meta({ id: 'LeaseRequest' });
export type LeaseRequest = z.infer<typeof LeaseRequest>;

/** A leased integration with its secrets and the cursors of its sources. Only ever sent to a connector. */
export const Lease = z
  .object({
    integration_id: z.string(),
    epoch: z.int().positive(),
    tenant_id: z.string(),
    name: z.string(),
    group: z.string().nullable(),
    config: JsonObject,
    sources: z.array(
      z.object({
        source: z.string(),
        cursor: JsonValue,
        version: z.int().nonnegative(),
        watermark: Timestamp.nullable(),
      }),
    ),
  })
  .meta({ id: 'Lease' });
export type Lease = z.infer<typeof Lease>;

export const LeaseAnswer = z.object({ leases: z.array(Lease) }).meta({ id: 'LeaseAnswer' });
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;

/** A connector process as it may be shown. */
export const ConnectorView = z
  .object({
    id: z.string(),
    type: z.string(),
    version: z.string(),
    state: z.enum(['running', 'draining', 'stopped', 'silent']).meta({
      description: 'silent: no heartbeat for two intervals.',
    }),
    registered_at: Timestamp,
    last_heartbeat: Timestamp,
    leases: z.int().nonnegative(),
  })
  .meta({ id: 'ConnectorView' });
export type ConnectorView = z.infer<typeof ConnectorView>;

export const ConnectorList = z.object({ connectors: z.array(ConnectorView) }).meta({ id: 'ConnectorList' });
export type ConnectorList = z.infer<typeof ConnectorList>;
