import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  type CommandView,
  type IntegrationActivity,
  type IntegrationList,
  IntegrationRemoval,
  IntegrationUpdate,
  type IntegrationView,
  NewIntegration,
} from '@painchain/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { missingKey } from '../connector-key/connector-key.guard.js';
import { ConnectorKey } from '../connector-key/connector-key.js';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { CommandsService } from './commands.service.js';
import { IntegrationWritesService } from './integration-writes.service.js';
import { IntegrationsService } from './integrations.service.js';

@Controller('integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly writes: IntegrationWritesService,
    private readonly commands: CommandsService,
    private readonly key: ConnectorKey,
  ) {}

  @Get()
  list(@CurrentTenant() tenant: Tenant): Promise<IntegrationList> {
    return this.integrations.list(tenant.id);
  }

  @Post()
  async register(
    @CurrentTenant() tenant: Tenant,
    @Body({ schema: NewIntegration }) given: NewIntegration,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IntegrationView> {
    if (given.file && !this.key.isValid(request)) throw missingKey();
    const { id, created } = await this.writes.register(tenant.id, given);
    void reply.code(created ? 201 : 200);
    return this.integrations.find(tenant.id, id);
  }

  @Get('activity')
  activity(@CurrentTenant() tenant: Tenant): Promise<IntegrationActivity> {
    return this.integrations.activity(tenant.id);
  }

  @Get(':id')
  find(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<IntegrationView> {
    return this.integrations.find(tenant.id, id);
  }

  @Put(':id')
  async update(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Body({ schema: IntegrationUpdate }) given: IntegrationUpdate,
  ): Promise<IntegrationView> {
    await this.writes.update(tenant.id, id, given);
    return this.integrations.find(tenant.id, id);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Query({ schema: IntegrationRemoval }) removal: IntegrationRemoval,
  ): Promise<void> {
    return this.integrations.remove(tenant.id, id, removal);
  }

  @Post(':id/test')
  @HttpCode(202)
  test(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<CommandView> {
    return this.commands.queue(tenant.id, id, 'test');
  }

  @Post(':id/sync')
  @HttpCode(202)
  sync(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<CommandView> {
    return this.commands.queue(tenant.id, id, 'sync');
  }

  @Get(':id/commands/:commandId')
  command(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Param('commandId') commandId: string,
  ): Promise<CommandView> {
    return this.commands.find(tenant.id, id, commandId);
  }
}
