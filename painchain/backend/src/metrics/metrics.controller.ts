import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Registry } from '@painchain/runtime/metrics';
import { METRICS } from '../config/tokens.js';

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS) private readonly registry: Registry) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
