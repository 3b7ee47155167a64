import { Controller, Get, Query } from '@nestjs/common';
import { type Coverage, CoverageQuery } from '@painchain/contract';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { CoverageService } from './coverage.service.js';

@Controller('coverage')
export class CoverageController {
  constructor(private readonly coverages: CoverageService) {}

  @Get()
  coverage(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: CoverageQuery }) query: CoverageQuery,
  ): Promise<Coverage> {
    return this.coverages.coverage(tenant.id, query);
  }
}
