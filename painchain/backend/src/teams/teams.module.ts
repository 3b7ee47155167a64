import { Module } from '@nestjs/common';
import { TeamsController } from './teams.controller.js';
import { TeamsRepository } from './teams.repository.js';
import { TeamsService } from './teams.service.js';

/** Teams: a name for the tags of what is theirs. Owns that names differ; which events carry a tag is events/. */
@Module({ controllers: [TeamsController], providers: [TeamsRepository, TeamsService] })
export class TeamsModule {}
