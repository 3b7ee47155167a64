import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { RelatedController } from './related.controller.js';
import { RelatedRepository } from './related.repository.js';
import { RelatedService } from './related.service.js';

/**
 * What hangs together with an event: by the keys that events share, from one to the next, by its subject and by who
 * did it. Owns the stations of a change and which of them are missing. The keys themselves come in with events/.
 */
@Module({
  imports: [ConnectorsModule],
  controllers: [RelatedController],
  providers: [RelatedRepository, RelatedService],
})
export class RelatedModule {}
