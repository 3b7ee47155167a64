import { Controller, Get, Query } from '@nestjs/common';
import {
  type Facets,
  FacetsQuery,
  type Fields,
  FieldsQuery,
  type Histogram,
  HistogramQuery,
} from '@painchain/contract';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { FacetsService } from './facets.service.js';
import { FieldsService } from './fields.service.js';
import { HistogramService } from './histogram.service.js';

@Controller('timeline')
export class CountsController {
  constructor(
    private readonly histograms: HistogramService,
    private readonly facets: FacetsService,
    private readonly fields: FieldsService,
  ) {}

  @Get('histogram')
  histogram(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: HistogramQuery }) query: HistogramQuery,
  ): Promise<Histogram> {
    return this.histograms.histogram(tenant.id, query);
  }

  @Get('facets')
  facetsOf(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: FacetsQuery }) query: FacetsQuery,
  ): Promise<Facets> {
    return this.facets.facets(tenant.id, query);
  }

  @Get('fields')
  fieldsOf(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: FieldsQuery }) query: FieldsQuery,
  ): Promise<Fields> {
    return this.fields.fields(tenant.id, query);
  }
}
