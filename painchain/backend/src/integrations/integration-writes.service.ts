import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { IntegrationUpdate, JsonObject, NewIntegration } from '@painchain/contract';
import { Clock } from '../config/clock.js';
import { ConnectorTypesService } from '../connectors/types/connector-types.service.js';
import { encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';
import { OwnEventsService, type Tell } from '../events/own-events.service.js';
import { ProblemError } from '../problem/problem-error.js';
import { SealError, SealingService } from '../sealing/sealing.service.js';
import { type ConfigType, refuseFaults, refuseFaultyConfig } from './configuration/checked-config.js';
import { createdEvent, type Settings, updatedEvents } from './change-events.js';
import { ConfigShape } from './configuration/config-shape.js';
import { allReplaced, type ConfigDiff, diffConfig } from './configuration/diff-config.js';
import { mergeConfig } from './configuration/merge-config.js';
import { showConfig } from './configuration/show-config.js';
import { IntegrationsRepository, NameTakenError, type StoredIntegration } from './integrations.repository.js';
import { noSuchIntegration, refuseFileManaged, rowId } from './integrations.service.js';

interface Change extends Settings {
  /** Undefined: it stays as it is. */
  config: JsonObject | undefined;
  fileInstanceId: string | null;
}

/** What a change is made in, and what goes along with it. */
interface Writing {
  sql: Sql;
  tenantId: number;
  type: ConfigType;
  /** The file that says so; undefined when somebody asked for it. */
  file: string | undefined;
  tell: Tell;
}

/** Registers and changes integrations: the rules of names, files and secrets. */
@Injectable()
export class IntegrationWritesService {
  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly types: ConnectorTypesService,
    private readonly sealing: SealingService,
    private readonly clock: Clock,
    private readonly ownEvents: OwnEventsService,
  ) {}

  /** Throws `invalid`, and `conflict` for a name that something else than this file has taken. */
  async register(tenantId: number, given: NewIntegration): Promise<{ id: string; created: boolean }> {
    const type = await this.typeOf(tenantId, given.type);
    refuseInternal(type);
    refuseFaultyConfig(given.config, type);
    return this.ownEvents.telling(tenantId, (tell) =>
      this.integrations.transaction(tenantId, async (sql) => {
        const writing = { sql, tenantId, type, file: given.file?.path, tell };
        const existing = await this.integrations.lockByName(sql, tenantId, given.type, given.name);
        if (existing) {
          refuseTakenName(existing, given);
          await this.apply(writing, existing, changeOf(given));
          return { id: encodeId('int', existing.id), created: false };
        }
        const id = await this.insert(writing, given);
        return { id: encodeId('int', id), created: true };
      }),
    );
  }

  /** Throws `not-found`, `invalid`, and `conflict` for a taken name and for what a file manages. */
  async update(tenantId: number, id: string, given: IntegrationUpdate): Promise<void> {
    // Looked up before the transaction: asking for a second connection inside of one could starve the pool.
    const known = await this.integrations.find(tenantId, rowId(id));
    if (!known) throw noSuchIntegration();
    const type = await this.typeOf(tenantId, known.type);
    const change = this.ownEvents.telling(tenantId, (tell) =>
      this.integrations.transaction(tenantId, async (sql) => {
        const existing = await this.integrations.lock(sql, tenantId, known.id);
        if (!existing) throw noSuchIntegration();
        refuseFileManaged(existing);
        await this.apply({ sql, tenantId, type, file: undefined, tell }, existing, {
          name: given.name ?? existing.name,
          group: given.group === undefined ? existing.group : given.group,
          enabled: given.enabled ?? existing.enabled,
          fileInstanceId: existing.fileInstanceId,
          config: given.config && this.merge(tenantId, existing, given.config, type),
        });
      }),
    );
    await change.catch((error: unknown) => {
      throw error instanceof NameTakenError ? nameTaken(type.type, given.name ?? known.name) : error;
    });
  }

  /** A type that has not registered yet marks nothing as public, so all of its configuration is sealed. */
  private async typeOf(tenantId: number, type: string): Promise<ConfigType> {
    return (await this.types.find(tenantId, type)) ?? { type, config_schema: { additionalProperties: {} } };
  }

  private merge(
    tenantId: number,
    existing: StoredIntegration,
    given: JsonObject,
    type: ConfigType,
  ): JsonObject {
    const before = this.open(tenantId, existing) ?? {};
    const { config, faults } = mergeConfig(given, before, ConfigShape.of(type.config_schema));
    refuseFaults(faults, 'Give the secrets named in errors again.');
    refuseFaultyConfig(config, type);
    return config;
  }

  private async insert({ sql, tenantId, type, file, tell }: Writing, given: NewIntegration): Promise<string> {
    const { config } = given;
    const { config: _given, ...settings } = changeOf(given);
    const { name } = settings;
    const id = await this.integrations.reserve(sql, tenantId, { type: type.type, name, file: given.file });
    if (id === undefined) throw nameTaken(type.type, name);
    const shape = ConfigShape.of(type.config_schema);
    const configPublic = showConfig(config, shape, this.now());
    const configSealed = this.sealing.seal(tenantId, id, config);
    await this.integrations.save(sql, tenantId, { id, ...settings, configPublic, configSealed }, true);
    await tell(
      sql,
      createdEvent({ id, type: type.type, name, file }, settings, diffConfig({}, config, shape)),
    );
    return id;
  }

  /** Stores what changed and tells of it. Where nothing did, nobody loses a lease. */
  private async apply(
    { sql, tenantId, type, file, tell }: Writing,
    existing: StoredIntegration,
    { config, fileInstanceId, ...after }: Change,
  ): Promise<void> {
    const { id, name, group, enabled } = existing;
    const before = { name, group, enabled };
    const changed = config && this.changedConfig(tenantId, existing, config, type);
    const isUpdate = changed !== undefined || !isDeepStrictEqual(after, before);
    if (!isUpdate && fileInstanceId === existing.fileInstanceId) return;
    const row = { ...existing, ...after, ...changed?.stored, fileInstanceId };
    await this.integrations.save(sql, tenantId, row, isUpdate);
    const integration = { id, type: type.type, name: after.name, file };
    for (const event of updatedEvents(integration, before, after, changed?.diff)) await tell(sql, event);
  }

  /** Undefined when it is what is stored already. */
  private changedConfig(
    tenantId: number,
    existing: StoredIntegration,
    config: JsonObject,
    type: ConfigType,
  ): { stored: Pick<StoredIntegration, 'configPublic' | 'configSealed'>; diff: ConfigDiff } | undefined {
    const { id, configPublic: shown } = existing;
    const plain = this.open(tenantId, existing);
    const shape = ConfigShape.of(type.config_schema);
    const configPublic = showConfig(config, shape, this.now(), { plain, shown });
    if (isDeepStrictEqual(config, plain) && isDeepStrictEqual(configPublic, shown)) return undefined;
    const stored = { configPublic, configSealed: this.sealing.seal(tenantId, id, config) };
    return { stored, diff: plain ? diffConfig(plain, config, shape) : allReplaced };
  }

  /** Undefined when it can't be opened any more: then all of it has to be given, which is also the remedy. */
  private open(tenantId: number, { id, configSealed }: StoredIntegration): JsonObject | undefined {
    try {
      return this.sealing.open(tenantId, id, configSealed);
    } catch (error) {
      if (error instanceof SealError) return undefined;
      throw error;
    }
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function changeOf({ name, group, enabled, config, file }: NewIntegration): Change {
  return {
    name,
    group: group ?? null,
    enabled: enabled ?? true,
    config,
    fileInstanceId: file?.instance_id ?? null,
  };
}

function refuseInternal({ type, mode }: ConfigType): void {
  if (mode !== 'internal') return;
  const detail = `Nothing of the type ${type} can be connected: PainChain tells these events of itself.`;
  throw new ProblemError('invalid', detail, {
    errors: [{ pointer: '/type', detail: 'must be another type' }],
  });
}

function refuseTakenName({ type, name, filePath }: StoredIntegration, { file }: NewIntegration): void {
  if (!file || filePath !== file.path) throw nameTaken(type, name, filePath);
}

function nameTaken(type: string, name: string, filePath: string | null = null): ProblemError {
  const owner = filePath === null ? '' : `, which is managed by the file ${filePath}`;
  return new ProblemError(
    'conflict',
    `There is already a ${type} integration named "${name}"${owner}. Choose another name, or change or remove that one.`,
  );
}
