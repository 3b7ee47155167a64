import { Module } from '@nestjs/common';
import { LiveTailRepository } from './live-tail.repository.js';
import { LiveTailService } from './live-tail.service.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineRepository } from './timeline.repository.js';
import { TimelineService } from './timeline.service.js';

/**
 * What has happened, read: pages of the timeline with keyset cursors both ways, single events, and the live tail
 * that continues a page without a hole. How events come in belongs to events/.
 */
@Module({
  controllers: [TimelineController],
  providers: [LiveTailRepository, LiveTailService, TimelineRepository, TimelineService],
  exports: [LiveTailService, TimelineService],
})
export class TimelineModule {}
