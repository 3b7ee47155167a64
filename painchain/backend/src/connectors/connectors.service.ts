import { Injectable } from '@nestjs/common';
import {
  type ConnectorList,
  type ConnectorRegistration,
  type ConnectorTypeView,
  contractVersion,
  type RegistrationAnswer,
} from '@painchain/contract';
import { ProblemError } from '../problem/problem-error.js';
import { ConnectorsRepository } from './connectors.repository.js';
import { heartbeatSeconds, leaseSeconds } from './timing.js';
import { ConnectorTypesService } from './types/connector-types.service.js';

export { blindAfter, heartbeatSchedule, lateAfter, missedIntervals, type Schedule } from './lateness.js';
export { commandSeconds, heartbeatSeconds, leaseSeconds, silentSeconds } from './timing.js';

@Injectable()
export class ConnectorsService {
  constructor(
    private readonly connectors: ConnectorsRepository,
    private readonly types: ConnectorTypesService,
  ) {}

  async register(tenantId: number, registration: ConnectorRegistration): Promise<RegistrationAnswer> {
    refuseOtherContract(registration.contract_version);
    if (registration.manifest.type !== registration.type) {
      throw new ProblemError('invalid', 'The connector says it is of another type than its manifest.', {
        errors: [{ pointer: '/manifest/type', detail: 'must be the same as type' }],
      });
    }
    const known = await this.types.find(tenantId, registration.type);
    if (known?.mode === 'internal') {
      throw new ProblemError('invalid', `No connector can be of the type ${registration.type}.`, {
        errors: [{ pointer: '/type', detail: 'is what PainChain tells of itself' }],
      });
    }
    await this.types.remember(tenantId, registration.manifest);
    const connector_id = await this.connectors.register(tenantId, registration);
    return { connector_id, heartbeat_seconds: heartbeatSeconds, lease_seconds: leaseSeconds };
  }

  async list(tenantId: number): Promise<ConnectorList> {
    return { connectors: await this.connectors.list(tenantId) };
  }

  async type(tenantId: number, type: string): Promise<ConnectorTypeView> {
    const found = await this.types.find(tenantId, type);
    if (!found)
      throw new ProblemError('not-found', 'There is no such connector type. See /api/connectors/types.');
    return found;
  }
}

function refuseOtherContract(version: string): void {
  const [own] = contractVersion.split('.');
  if (version.split('.')[0] === own) return;
  throw new ProblemError(
    'incompatible-contract',
    `This backend speaks contract ${contractVersion}, the connector ${version}. Run the connector of the same release.`,
  );
}
