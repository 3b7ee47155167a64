import { Counter, Gauge, Histogram, type Registry, createMetrics } from '@painchain/runtime/metrics';

/** What a connector counts. */
export interface ConnectorMetrics {
  registry: Registry;
  /** By what became of them: stored, duplicate, rejected, poison. */
  events: Counter<'result'>;
  /** By what became of them: success, retryable, refused, stale, unacceptable, crashed. */
  deliveries: Counter<'outcome'>;
  /** Payloads that made no event, by kind (ignored, unsupported) and reason. */
  skipped: Counter<'kind' | 'reason'>;
  runs: Counter<'outcome'>;
  runSeconds: Histogram;
  leases: Gauge;
  registered: Gauge;
}

export function createConnectorMetrics(): ConnectorMetrics {
  const registry = createMetrics();
  const registers = [registry];
  const named = (name: string, help: string) => ({ name: `painchain_connector_${name}`, help, registers });
  return {
    registry,
    events: new Counter({
      ...named('events_total', 'Events by what became of them.'),
      labelNames: ['result'],
    }),
    deliveries: new Counter({ ...named('deliveries_total', 'Batches by outcome.'), labelNames: ['outcome'] }),
    skipped: new Counter({
      ...named('skipped_total', 'Payloads that made no event.'),
      labelNames: ['kind', 'reason'],
    }),
    runs: new Counter({ ...named('runs_total', 'Runs of sources by outcome.'), labelNames: ['outcome'] }),
    runSeconds: new Histogram({
      ...named('run_seconds', 'How long runs of sources take.'),
      buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    }),
    leases: new Gauge(named('leases', 'Integrations that are worked through.')),
    registered: new Gauge(named('registered', '1 while the backend knows this connector.')),
  };
}
