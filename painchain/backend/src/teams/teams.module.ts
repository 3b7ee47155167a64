import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { TeamsController } from './teams.controller.js';
import { TeamsRepository } from './teams.repository.js';
import { TeamsService } from './teams.service.js';

/** Teams: a name for the tags of what is theirs. Owns that names differ; which events carry a tag is events/. */
@Module({
  imports: [EventsModule],
  controllers: [TeamsController],
  providers: [TeamsRepository, TeamsService],
})
export class TeamsModule {}
