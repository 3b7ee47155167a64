import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { EventAnswer, RejectedList } from '@painchain/contract';
import { z } from 'zod';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { RejectedService } from './rejected.service.js';

const RejectedQuery = z.strictObject({ cursor: z.string().max(64).optional() });
type RejectedQuery = z.infer<typeof RejectedQuery>;

@Controller('rejected')
export class RejectedController {
  constructor(private readonly rejected: RejectedService) {}

  @Get()
  list(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: RejectedQuery }) { cursor }: RejectedQuery,
  ): Promise<RejectedList> {
    return this.rejected.list(tenant.id, cursor);
  }

  @Post(':id/redrive')
  @HttpCode(200)
  redrive(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<EventAnswer> {
    return this.rejected.redrive(tenant.id, id);
  }
}
