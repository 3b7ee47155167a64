import { Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';

/** Owns the page that Prometheus reads; what stands on it, each room registers for itself. */
@Module({ controllers: [MetricsController] })
export class MetricsModule {}
