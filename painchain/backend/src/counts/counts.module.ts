import { Module } from '@nestjs/common';
import { CountsController } from './counts.controller.js';
import { FacetsRepository } from './facets.repository.js';
import { FacetsService } from './facets.service.js';
import { FieldsRepository } from './fields.repository.js';
import { FieldsService } from './fields.service.js';
import { HistogramRepository } from './histogram.repository.js';
import { HistogramService } from './histogram.service.js';

/**
 * How much of what has happened: by time (histogram), by value (facets), and which fields there are. What is counted
 * whole comes from the counts that events/ and retention/ keep; what a query narrows is walked through. The events
 * themselves belong to timeline/.
 */
@Module({
  controllers: [CountsController],
  providers: [
    FacetsRepository,
    FacetsService,
    FieldsRepository,
    FieldsService,
    HistogramRepository,
    HistogramService,
  ],
})
export class CountsModule {}
