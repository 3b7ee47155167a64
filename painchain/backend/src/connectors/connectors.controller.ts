import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  type ConnectorList,
  ConnectorRegistration,
  type ConnectorTypeList,
  type ConnectorTypeView,
  Heartbeat,
  type HeartbeatAnswer,
  type LeaseAnswer,
  LeaseRequest,
  type RegistrationAnswer,
} from '@painchain/contract';
import { ConnectorKeyGuard } from '../connector-key/connector-key.guard.js';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { ConnectorsService } from './connectors.service.js';
import { HeartbeatService } from './heartbeat.service.js';
import { LeaseClaimsService } from './lease-claims.service.js';
import { ConnectorTypesService } from './types/connector-types.service.js';

@Controller('connectors')
export class ConnectorsController {
  constructor(
    private readonly connectors: ConnectorsService,
    private readonly types: ConnectorTypesService,
    private readonly heartbeats: HeartbeatService,
    private readonly claims: LeaseClaimsService,
  ) {}

  @Get()
  list(@CurrentTenant() tenant: Tenant): Promise<ConnectorList> {
    return this.connectors.list(tenant.id);
  }

  @Get('types')
  async listTypes(@CurrentTenant() tenant: Tenant): Promise<ConnectorTypeList> {
    return { types: await this.types.list(tenant.id) };
  }

  @Get('types/:type')
  type(@CurrentTenant() tenant: Tenant, @Param('type') type: string): Promise<ConnectorTypeView> {
    return this.connectors.type(tenant.id, type);
  }

  @Post('register')
  @HttpCode(200)
  @UseGuards(ConnectorKeyGuard)
  register(
    @CurrentTenant() tenant: Tenant,
    @Body({ schema: ConnectorRegistration }) registration: ConnectorRegistration,
  ): Promise<RegistrationAnswer> {
    return this.connectors.register(tenant.id, registration);
  }

  @Post(':id/heartbeat')
  @HttpCode(200)
  @UseGuards(ConnectorKeyGuard)
  beat(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Body({ schema: Heartbeat }) beat: Heartbeat,
  ): Promise<HeartbeatAnswer> {
    return this.heartbeats.beat(tenant.id, id, beat);
  }

  @Post(':id/leases')
  @HttpCode(200)
  @UseGuards(ConnectorKeyGuard)
  exchange(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Body({ schema: LeaseRequest }) request: LeaseRequest,
  ): Promise<LeaseAnswer> {
    return this.claims.exchange(tenant.id, id, request);
  }
}
