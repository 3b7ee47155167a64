import { Inject, Injectable } from '@nestjs/common';
import type { ItemResult } from '@painchain/contract';
import { Counter, type Registry } from '@painchain/runtime/metrics';
import { METRICS } from '../config/tokens.js';

/** Counts what became of the events that arrived. */
@Injectable()
export class IngestMetrics {
  readonly #events: Counter<'result'>;

  constructor(@Inject(METRICS) registry: Registry) {
    this.#events = new Counter({
      name: 'painchain_events_total',
      help: 'Events that arrived, by what became of them.',
      labelNames: ['result'],
      registers: [registry],
    });
  }

  count(results: readonly Pick<ItemResult, 'status'>[]): void {
    for (const { status } of results) this.#events.inc({ result: status });
  }
}
