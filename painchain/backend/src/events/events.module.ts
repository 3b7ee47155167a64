import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { EventsController } from './events.controller.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';
import { IngestMetrics } from './ingest-metrics.js';
import { OwnEventsService } from './own-events.service.js';
import { RejectedController } from './rejected.controller.js';
import { RejectedRepository } from './rejected.repository.js';
import { RejectedService } from './rejected.service.js';

/**
 * Events on their way in: judged one by one, normalised in one place, stored once whatever is sent twice, and
 * what is refused for good is kept to be looked at. Those of our own changes, too. How they are read belongs to timeline/, how long they stay to
 * retention/, who may write for an integration to connectors/.
 */
@Module({
  imports: [ConnectorsModule, RetentionModule, TimelineModule],
  controllers: [EventsController, RejectedController],
  providers: [
    EventsRepository,
    EventsService,
    IngestMetrics,
    OwnEventsService,
    RejectedRepository,
    RejectedService,
  ],
  exports: [OwnEventsService],
})
export class EventsModule {}
