import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { NewView, type SavedView, type ViewList, ViewQuery } from '@painchain/contract';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { ViewsService } from './views.service.js';

@Controller('views')
export class ViewsController {
  constructor(private readonly views: ViewsService) {}

  @Get()
  list(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: ViewQuery }) { owner }: ViewQuery,
  ): Promise<ViewList> {
    return this.views.list(tenant.id, owner);
  }

  @Post()
  create(@CurrentTenant() tenant: Tenant, @Body({ schema: NewView }) view: NewView): Promise<SavedView> {
    return this.views.create(tenant.id, view);
  }

  @Get(':id')
  find(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Query({ schema: ViewQuery }) { owner }: ViewQuery,
  ): Promise<SavedView> {
    return this.views.find(tenant.id, id, owner);
  }

  @Put(':id')
  replace(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Body({ schema: NewView }) view: NewView,
  ): Promise<SavedView> {
    return this.views.replace(tenant.id, id, view);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @CurrentTenant() tenant: Tenant,
    @Param('id') id: string,
    @Query({ schema: ViewQuery }) { owner }: ViewQuery,
  ): Promise<void> {
    return this.views.remove(tenant.id, id, owner);
  }
}
