import { Gauge, type Registry } from '@painchain/runtime/metrics';
import type { Database } from './database.js';

export function createPoolGauge(database: Database, registry: Registry): Gauge {
  return new Gauge({
    name: 'painchain_database_connections',
    help: 'Connections of the pool by state; waiting counts who waits for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(database.connections)) this.set({ state }, count);
    },
  });
}
