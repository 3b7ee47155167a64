import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { IntegrationUpdate, JsonObject, NewIntegration } from '@painchain/contract';
import { Clock } from '../config/clock.js';
import { ConnectorTypesService } from '../connectors/types/connector-types.service.js';
import { encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';
import { ProblemError } from '../problem/problem-error.js';
import { SealError, SealingService } from '../sealing/sealing.service.js';
import { type ConfigType, refuseFaults, refuseFaultyConfig } from './configuration/checked-config.js';
import { ConfigShape } from './configuration/config-shape.js';
import { mergeConfig } from './configuration/merge-config.js';
import { showConfig } from './configuration/show-config.js';
import { IntegrationsRepository, NameTakenError, type StoredIntegration } from './integrations.repository.js';
import { noSuchIntegration, refuseFileManaged, rowId } from './integrations.service.js';

interface Change {
  name: string;
  group: string | null;
  enabled: boolean;
  config: JsonObject;
  fileInstanceId: string | null;
}

/** Registers and changes integrations: the rules of names, files and secrets. */
@Injectable()
export class IntegrationWritesService {
  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly types: ConnectorTypesService,
    private readonly sealing: SealingService,
    private readonly clock: Clock,
  ) {}

  /** Throws `invalid`, and `conflict` for a name that something else than this file has taken. */
  async register(tenantId: number, given: NewIntegration): Promise<{ id: string; created: boolean }> {
    const type = await this.typeOf(tenantId, given.type);
    refuseFaultyConfig(given.config, type);
    return this.integrations.transaction(tenantId, async (sql) => {
      const existing = await this.integrations.lockByName(sql, tenantId, given.type, given.name);
      if (existing) {
        refuseTakenName(existing, given);
        await this.apply(sql, tenantId, existing, changeOf(given), type);
        return { id: encodeId('int', existing.id), created: false };
      }
      const id = await this.insert(sql, tenantId, given, type);
      return { id: encodeId('int', id), created: true };
    });
  }

  /** Throws `not-found`, `invalid`, and `conflict` for a taken name and for what a file manages. */
  async update(tenantId: number, id: string, given: IntegrationUpdate): Promise<void> {
    // Looked up before the transaction: asking for a second connection inside of one could starve the pool.
    const known = await this.integrations.find(tenantId, rowId(id));
    if (!known) throw noSuchIntegration();
    const type = await this.typeOf(tenantId, known.type);
    const change = this.integrations.transaction(tenantId, async (sql) => {
      const existing = await this.integrations.lock(sql, tenantId, known.id);
      if (!existing) throw noSuchIntegration();
      refuseFileManaged(existing);
      const config = given.config && this.merge(tenantId, existing, given.config, type);
      const changed = {
        name: given.name ?? existing.name,
        group: given.group === undefined ? existing.group : given.group,
        enabled: given.enabled ?? existing.enabled,
        fileInstanceId: existing.fileInstanceId,
      };
      if (config) await this.apply(sql, tenantId, existing, { ...changed, config }, type);
      else await this.keepConfig(sql, tenantId, existing, changed);
    });
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

  private async insert(sql: Sql, tenantId: number, given: NewIntegration, type: ConfigType): Promise<string> {
    const { name, group, enabled, config, fileInstanceId } = changeOf(given);
    const id = await this.integrations.reserve(sql, tenantId, { type: type.type, name, file: given.file });
    if (id === undefined) throw nameTaken(type.type, name);
    const configPublic = showConfig(config, ConfigShape.of(type.config_schema), this.now());
    const configSealed = this.sealing.seal(tenantId, id, config);
    const row = { id, name, group, enabled, configPublic, configSealed, fileInstanceId };
    await this.integrations.save(sql, tenantId, row, true);
    return id;
  }

  private async apply(
    sql: Sql,
    tenantId: number,
    existing: StoredIntegration,
    { config, ...change }: Change,
    type: ConfigType,
  ): Promise<void> {
    const { id, configPublic: shown } = existing;
    const plain = this.open(tenantId, existing);
    const shape = ConfigShape.of(type.config_schema);
    const configPublic = showConfig(config, shape, this.now(), { plain, shown });
    if (isDeepStrictEqual(config, plain) && isDeepStrictEqual(configPublic, shown)) {
      await this.keepConfig(sql, tenantId, existing, change);
      return;
    }
    const configSealed = this.sealing.seal(tenantId, id, config);
    await this.integrations.save(sql, tenantId, { ...change, id, configPublic, configSealed }, true);
  }

  private async keepConfig(
    sql: Sql,
    tenantId: number,
    existing: StoredIntegration,
    change: Omit<Change, 'config'>,
  ): Promise<void> {
    const { name, group, enabled, fileInstanceId } = existing;
    if (isDeepStrictEqual(change, { name, group, enabled, fileInstanceId })) return;
    const isUpdate = !isDeepStrictEqual(
      { ...change, fileInstanceId },
      { name, group, enabled, fileInstanceId },
    );
    await this.integrations.save(sql, tenantId, { ...existing, ...change }, isUpdate);
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
