import { Module } from '@nestjs/common';
import { TimelineModule } from '../timeline/timeline.module.js';
import { ExportController } from './export.controller.js';
import { ExportService } from './export.service.js';

/** Owns how events become files: formats, and how many are written at once. Finding the events belongs to timeline/. */
@Module({
  imports: [TimelineModule],
  controllers: [ExportController],
  providers: [ExportService],
})
export class ExportModule {}
