import { Module } from '@nestjs/common';
import { AllEventsService } from './all-events.service.js';
import { LiveTailRepository } from './live-tail.repository.js';
import { LiveTailService } from './live-tail.service.js';
import { SortedRepository } from './sorted/sorted.repository.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineRepository } from './timeline.repository.js';
import { TimelineService } from './timeline.service.js';

/**
 * What has happened, read: pages of the timeline with keyset cursors both ways, in the order of time or of any field
 * and with columns of any field, single events, all events of a question, and the live tail that continues a page
 * without a hole. How events come in belongs to events/.
 */
@Module({
  controllers: [TimelineController],
  providers: [
    AllEventsService,
    LiveTailRepository,
    LiveTailService,
    SortedRepository,
    TimelineRepository,
    TimelineService,
  ],
  exports: [AllEventsService, LiveTailService, TimelineService],
})
export class TimelineModule {}
