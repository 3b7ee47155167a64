import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Gauge, type Registry } from '@painchain/runtime';
import { METRICS } from '../config/tokens.js';
import { Database } from '../database/database.js';

@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(METRICS) private readonly registry: Registry,
    database: Database,
  ) {
    new Gauge({
      name: 'painchain_database_connections',
      help: 'Connections of the pool by state; waiting counts who waits for one.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        for (const [state, count] of Object.entries(database.connections)) this.set({ state }, count);
      },
    });
  }

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
