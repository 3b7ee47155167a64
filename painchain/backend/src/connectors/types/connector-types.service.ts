import { Inject, Injectable } from '@nestjs/common';
import type { ConnectorManifest, ConnectorTypeView } from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import { Config } from '../../config/config.js';
import { LOGGER } from '../../config/tokens.js';
import { readBuiltInTypes } from './built-in-types.js';
import { ConnectorTypesRepository } from './connector-types.repository.js';
import { ownType } from './own-type.js';

/** The catalogue of connector types: those that are shipped, our own, and those that a tenant's own connectors brought. */
@Injectable()
export class ConnectorTypesService {
  readonly #builtIn: ReadonlyMap<string, ConnectorTypeView>;

  constructor(
    private readonly types: ConnectorTypesRepository,
    config: Config,
    @Inject(LOGGER) logger: Logger,
  ) {
    const builtIn = [...readBuiltInTypes(config.connectorsDir, logger), ownType];
    this.#builtIn = new Map(builtIn.map((type) => [type.type, type]));
  }

  async list(tenantId: number): Promise<ConnectorTypeView[]> {
    const registered = await this.types.list(tenantId);
    const own = registered.filter(({ type }) => !this.#builtIn.has(type)).map(asView);
    return [...this.#builtIn.values(), ...own].sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  async find(tenantId: number, type: string): Promise<ConnectorTypeView | undefined> {
    const builtIn = this.#builtIn.get(type);
    if (builtIn) return builtIn;
    const registered = await this.types.find(tenantId, type);
    return registered && asView(registered);
  }

  /** Keeps what a connector says of its type, never over a built-in one. */
  async remember(tenantId: number, manifest: ConnectorManifest): Promise<void> {
    if (!this.#builtIn.has(manifest.type)) await this.types.save(tenantId, manifest);
  }
}

function asView(manifest: ConnectorManifest): ConnectorTypeView {
  return { ...manifest, built_in: false, config_example: null };
}
