import { Module } from '@nestjs/common';
import { IndexController } from './index.controller.js';

/** Owns how the API describes itself: the index, the OpenAPI document and its pages. */
@Module({ controllers: [IndexController] })
export class OpenApiModule {}
