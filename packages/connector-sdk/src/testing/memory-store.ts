import {
  type BatchAnswer,
  type CommandResult,
  type EventBatch,
  type Heartbeat,
  type HeartbeatAnswer,
  type HeldLease,
  type JsonObject,
  type JsonValue,
  type Lease,
  type LeaseProof,
  type LeaseRequest,
  NewEvent,
  type NewIntegration,
  type ProblemCode,
} from '@painchain/contract';
import type { z } from 'zod';

/** A refusal, as the backend's catalogue names it. */
export class Refusal extends Error {
  constructor(
    readonly code: ProblemCode,
    detail: string,
  ) {
    super(detail);
  }
}

export interface StoredSource {
  cursor: JsonValue;
  version: number;
  watermark: string | null;
  /** Every cursor it ever had, in order. */
  history: JsonValue[];
}

export interface StoredIntegration {
  id: string;
  type: string;
  name: string;
  group: string | null;
  config: JsonObject;
  /** The instance that may lease it, for one that a configuration file manages. */
  instance: string | undefined;
  epoch: number;
  holder: string | undefined;
  until: number;
  sources: Map<string, StoredSource>;
  /** How its sources do; of what is told in parts, the latest of each. */
  lastReport: HeldLease | undefined;
}

interface StoredConnector {
  id: string;
  instance: string;
  type: string;
  state: Heartbeat['state'];
}

const leaseMs = 60_000;

/** What the backend keeps, by the rules of the contract: keys, leases with epochs, cursors by compare-and-set. */
export class MemoryStore {
  /** By connector and key. */
  readonly events = new Map<string, NewEvent>();
  readonly connectors = new Map<string, StoredConnector>();
  readonly integrations = new Map<string, StoredIntegration>();
  readonly commandResults: CommandResult[] = [];
  /** How often an event was sent that was known already. */
  duplicates = 0;
  readonly #commands: HeartbeatAnswer['commands'] = [];
  #count = 0;

  constructor(private readonly now: () => number) {}

  register(type: string, instance: string): StoredConnector {
    const known = [...this.connectors.values()].find((connector) => connector.instance === instance);
    const connector = known ?? { id: `con_${++this.#count}`, instance, type, state: 'running' };
    this.connectors.set(connector.id, connector);
    return connector;
  }

  upsert(given: z.output<typeof NewIntegration>): StoredIntegration {
    const known = [...this.integrations.values()].find(
      ({ type, name }) => type === given.type && name === given.name,
    );
    const integration: StoredIntegration = {
      id: known?.id ?? `int_${++this.#count}`,
      type: given.type,
      name: given.name,
      group: given.group ?? null,
      config: given.config,
      instance: given.file?.instance_id,
      epoch: (known?.epoch ?? 0) + 1,
      holder: undefined,
      until: 0,
      sources: known?.sources ?? new Map<string, StoredSource>(),
      lastReport: undefined,
    };
    this.integrations.set(integration.id, integration);
    return integration;
  }

  /** What a change, a theft or a deletion does: whoever holds the lease holds it no more. */
  bumpEpoch(id: string, holder?: string): void {
    const integration = this.integrations.get(id);
    if (!integration) return;
    integration.epoch += 1;
    integration.holder = holder;
    integration.until = holder === undefined ? 0 : this.now() + leaseMs;
  }

  command(kind: 'test' | 'sync', integrationId: string): string {
    const id = `cmd_${++this.#count}`;
    this.#commands.push({ id, kind, integration_id: integrationId });
    return id;
  }

  heartbeat(connectorId: string, heartbeat: z.output<typeof Heartbeat>): HeartbeatAnswer {
    const connector = this.#connector(connectorId);
    connector.state = heartbeat.state;
    this.commandResults.push(...heartbeat.command_results);
    const done = new Set(heartbeat.command_results.map(({ command_id: id }) => id));
    this.#commands.splice(0, Infinity, ...this.#commands.filter(({ id }) => !done.has(id)));
    const leases = heartbeat.leases.map((held) => {
      const integration = this.integrations.get(held.integration_id);
      const ours = integration?.epoch === held.epoch && integration.holder === connectorId;
      if (ours) {
        integration.until = this.now() + leaseMs;
        integration.lastReport = held.partial ? completed(held, integration.lastReport) : held;
      }
      return { integration_id: held.integration_id, state: ours ? ('held' as const) : ('lost' as const) };
    });
    const held = new Set(leases.map(({ integration_id: id }) => id));
    const commands = this.#commands.filter((command) => held.has(command.integration_id));
    return { leases, commands };
  }

  lease(connectorId: string, request: z.output<typeof LeaseRequest>): Lease[] {
    const connector = this.#connector(connectorId);
    for (const proof of request.release) {
      const integration = this.integrations.get(proof.integration_id);
      if (integration?.epoch === proof.epoch && integration.holder === connectorId)
        integration.holder = undefined;
    }
    return [...this.integrations.values()]
      .filter((integration) => integration.type === connector.type)
      .filter(({ instance }) => instance === undefined || instance === connector.instance)
      .filter(({ holder, until }) => holder === undefined || until < this.now())
      .slice(0, request.claim)
      .map((integration) => this.#hand(integration, connectorId));
  }

  #hand(integration: StoredIntegration, connectorId: string): Lease {
    integration.epoch += 1;
    integration.holder = connectorId;
    integration.until = this.now() + leaseMs;
    const { id, epoch, name, group, config, sources } = integration;
    return {
      integration_id: id,
      epoch,
      tenant_id: 'default',
      name,
      group,
      config,
      sources: [...sources].map(([source, { cursor, version, watermark }]) => ({
        source,
        cursor,
        version,
        watermark,
      })),
    };
  }

  /** Events and cursors of a batch, all or nothing but for items that are rejected on their own. */
  store(batch: z.output<typeof EventBatch>): BatchAnswer {
    const sources = batch.lease ? this.#fence(batch.lease, batch) : [];
    const results = batch.events.map((item) => this.#storeEvent(item));
    for (const { progress, stored } of sources) {
      if (progress.cursor !== undefined && stored.version === progress.expected_version) {
        stored.cursor = progress.cursor;
        stored.history.push(progress.cursor);
      }
      stored.version = progress.expected_version + 1;
      stored.watermark = progress.watermark ?? stored.watermark;
    }
    return {
      results,
      sources: sources.map(({ progress, stored }) => ({ source: progress.source, version: stored.version })),
    };
  }

  #fence(lease: LeaseProof, batch: z.output<typeof EventBatch>) {
    const integration = this.integrations.get(lease.integration_id);
    if (!integration || integration.epoch !== lease.epoch) throw new Refusal('stale-lease', 'lease anew');
    return (batch.sources ?? []).map((progress) => {
      const fresh = { cursor: null, version: 0, watermark: null, history: [] };
      const stored = integration.sources.get(progress.source) ?? fresh;
      // The very step that was stored last is stored again: its answer may have been lost.
      const again =
        stored.version === progress.expected_version + 1 &&
        JSON.stringify(stored.cursor) === JSON.stringify(progress.cursor ?? stored.cursor);
      if (stored.version !== progress.expected_version && !again) {
        throw new Refusal('cursor-moved', 'lease anew');
      }
      integration.sources.set(progress.source, stored);
      return { progress, stored };
    });
  }

  #storeEvent(item: JsonValue): BatchAnswer['results'][number] {
    const parsed = NewEvent.safeParse(item);
    if (!parsed.success) return { status: 'rejected', code: 'invalid', detail: parsed.error.message };
    const event = parsed.data;
    const key = `${event.connector} ${event.key ?? JSON.stringify(event)}`;
    if (this.events.has(key)) {
      this.duplicates += 1;
      return { status: 'duplicate', event_id: `evt_${key}` };
    }
    this.events.set(key, event);
    return { status: 'stored', event_id: `evt_${key}` };
  }

  #connector(id: string): StoredConnector {
    const connector = this.connectors.get(id);
    if (!connector) throw new Refusal('not-found', 'register first');
    return connector;
  }
}

/** What is told in parts, with what was told before of the others. */
function completed(part: HeldLease, before: HeldLease | undefined): HeldLease {
  const all = [...(before?.sources ?? []), ...part.sources];
  return { ...part, sources: [...new Map(all.map((status) => [status.source, status])).values()] };
}
