import { Controller, Get, Param } from '@nestjs/common';
import type { Related } from '@painchain/contract';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { RelatedService } from './related.service.js';

@Controller('events')
export class RelatedController {
  constructor(private readonly related: RelatedService) {}

  @Get(':id/related')
  of(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<Related> {
    return this.related.related(tenant.id, id);
  }
}
