import { Module } from '@nestjs/common';
import { ReindexingJob } from './reindexing.job.js';
import { ReindexingRepository } from './reindexing.repository.js';
import { ReindexingService } from './reindexing.service.js';

/** Makes events searchable that were stored before there was a search, once and in the background. */
@Module({ providers: [ReindexingRepository, ReindexingService, ReindexingJob] })
export class ReindexingModule {}
