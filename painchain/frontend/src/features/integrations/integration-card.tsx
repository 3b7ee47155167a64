import type { ConnectorTypeView, ConnectorView, IntegrationView } from '@painchain/contract';
import type { ReactNode } from 'react';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { HealthMark, lagOf } from '../../components/health.js';
import { Instant } from '../../components/instant.js';
import { roughDuration } from '../../components/time-format.js';
import { TroubleBox } from './trouble-box.js';
import { SourceTable } from './source-table.js';

type Props = {
  integration: IntegrationView;
  type: ConnectorTypeView | undefined;
  connector: ConnectorView | undefined;
};

const modes = { poll: 'Polling', watch: 'Watching', webhook: 'Webhook', internal: 'By itself' };

/** One integration: how it is doing, when it was heard of, and its sources. */
export function IntegrationCard({ integration, type, connector }: Props) {
  const lag = lagOf(integration);
  return (
    <article className="card flex flex-col gap-3" aria-labelledby={integration.id}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ConnectorLogo type={integration.type} size={22} />
        <h3 id={integration.id} className="text-base font-semibold break-all">
          <bdi>{integration.name}</bdi>
        </h3>
        <HealthMark state={integration.health} />
        {integration.group !== null && (
          <span className="tag">
            <bdi>{integration.group}</bdi>
          </span>
        )}
        <span className="text-muted md:ml-auto">
          <bdi>{type?.name ?? integration.type}</bdi>
          {type && ` · ${modes[type.mode]}`}
          {connector && (
            <>
              {' · '}
              <bdi>{connector.version}</bdi>
            </>
          )}
        </span>
      </div>
      {integration.trouble && <TroubleBox trouble={integration.trouble} />}
      <dl className="facts">
        <Fact name="Last heartbeat" at={integration.last_heartbeat} />
        <Fact name="Last sync" at={integration.last_sync} />
        <Fact name="Last event" at={integration.last_event_at} />
        <Fact name="Lag">{lag === undefined ? '—' : roughDuration(lag)}</Fact>
        <Fact name="Registered" at={integration.registered_at} />
      </dl>
      {integration.managed_by === 'file' && (
        <p className="text-muted">
          Defined in <code className="value-code break-all">{integration.file ?? 'a file'}</code>, change it
          there.
        </p>
      )}
      {integration.sources.length > 0 && (
        <SourceTable sources={integration.sources} name={integration.name} />
      )}
    </article>
  );
}

function Fact({ name, at, children }: { name: string; at?: string | null; children?: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular-nums">{at ? <Instant at={at} /> : (children ?? 'never')}</dd>
    </div>
  );
}
