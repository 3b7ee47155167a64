import type { ConnectorView, IntegrationView } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { activityQuery } from '../../api/integrations.js';
import { connectorsQuery } from '../../api/queries.js';
import { refreshEveryMs } from '../../api/refresh.js';
import { useConnectorType } from '../../components/connector-mark.js';
import { modeWords } from '../../components/connector-mode.js';
import { HealthMark, lagOf } from '../../components/health.js';
import { Instant } from '../../components/instant.js';
import { roughDuration } from '../../components/time-format.js';
import { EventSpark } from './event-spark.js';
import { RateLimitLeft } from './rate-limit.js';
import { tightestLimit } from './standing.js';

/** When an integration was heard of, how far behind it is, and what it works by. */
export function IntegrationFacts({ integration }: { integration: IntegrationView }) {
  const activity = useQuery(activityQuery);
  const connectors = useQuery(connectorsQuery(refreshEveryMs));
  const connector = connectors.data?.find(({ id }) => id === integration.connector_id);
  const type = useConnectorType(integration.type);
  const lag = lagOf(integration);
  const limit = tightestLimit(integration.sources);
  return (
    <dl className="facts card">
      <Fact name="Type">
        <bdi>{type?.name ?? integration.type}</bdi>
        {type && <span className="text-muted"> · {modeWords[type.mode]}</span>}
      </Fact>
      <Fact name="Connector">{connector ? <Version of={connector} /> : 'none'}</Fact>
      <Fact name="Last heartbeat" at={integration.last_heartbeat} />
      <Fact name="Last sync" at={integration.last_sync} />
      <Fact name="Last event" at={integration.last_event_at} />
      <Fact name="Lag">{lag === undefined ? '—' : roughDuration(lag)}</Fact>
      <Fact name="Events 24 h">
        <EventSpark hours={activity.data?.get(integration.id)} />
      </Fact>
      {limit && (
        <Fact name="Rate limit">
          <RateLimitLeft of={limit} />
        </Fact>
      )}
      <Fact name="Registered" at={integration.registered_at} />
      <Fact name="Changed" at={integration.updated_at} />
    </dl>
  );
}

function Version({ of: { version, state } }: { of: ConnectorView }) {
  return (
    <>
      <bdi>{version}</bdi> {state !== 'running' && <HealthMark state={state} />}
    </>
  );
}

function Fact({ name, at, children }: { name: string; at?: string | null; children?: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt>{name}</dt>
      <dd className="tabular-nums">{at ? <Instant at={at} /> : (children ?? 'never')}</dd>
    </div>
  );
}
