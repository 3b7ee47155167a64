import { Module } from '@nestjs/common';
import { ViewsController } from './views.controller.js';
import { ViewsRepository } from './views.repository.js';
import { ViewsService } from './views.service.js';

/**
 * Views: questions that people keep under a name, shared with everybody or of one owner. Owns who gets which, that
 * names differ, and which one /home opens with. A view stays shared or personal, as it was made. What stands in one
 * is the interface's.
 */
@Module({ controllers: [ViewsController], providers: [ViewsRepository, ViewsService] })
export class ViewsModule {}
