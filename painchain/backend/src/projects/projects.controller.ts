import { Controller, Get, Query } from '@nestjs/common';
import { type ProjectList, ProjectQuery } from '@painchain/contract';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { ProjectsService } from './projects.service.js';

@Controller('projects')
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Get()
  list(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: ProjectQuery }) query: ProjectQuery,
  ): Promise<ProjectList> {
    return this.projects.list(tenant.id, query);
  }
}
