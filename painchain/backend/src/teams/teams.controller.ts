import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { NewTeam, type Team, type TeamList } from '@painchain/contract';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { TeamsService } from './teams.service.js';

@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Get()
  list(@CurrentTenant() tenant: Tenant): Promise<TeamList> {
    return this.teams.list(tenant.id);
  }

  @Post()
  create(@CurrentTenant() tenant: Tenant, @Body({ schema: NewTeam }) team: NewTeam): Promise<Team> {
    return this.teams.create(tenant.id, team);
  }

  @Put(':id')
  replace(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Body({ schema: NewTeam }) team: NewTeam,
  ): Promise<Team> {
    return this.teams.replace(tenant.id, id, team);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<void> {
    return this.teams.remove(tenant.id, id);
  }
}
