import type { ConnectorView, IntegrationView } from '@painchain/contract';
import { Link } from '@tanstack/react-router';
import { ConnectorLogo, useConnectorType } from '../../components/connector-mark.js';
import { modeWords } from '../../components/connector-mode.js';
import { HealthMark, lagOf } from '../../components/health.js';
import { Instant } from '../../components/instant.js';
import { roughDuration } from '../../components/time-format.js';
import { EventSpark } from './event-spark.js';
import { RateLimitLeft } from './rate-limit.js';
import { foremostTrouble, tightestLimit } from './standing.js';
import { TroubleBox } from './trouble-box.js';

type Props = {
  integration: IntegrationView;
  hours: readonly number[] | undefined;
  connector: ConnectorView | undefined;
};

/** An integration in a line, and what troubles it with the remedy. */
export function ListRow({ integration, hours, connector }: Props) {
  const { type, health, sources } = integration;
  const lag = lagOf(integration);
  const limit = tightestLimit(sources);
  const known = useConnectorType(type);
  return (
    <tbody>
      <tr>
        <Name integration={integration} />
        <td data-label="State">
          <HealthMark state={health} />
        </td>
        <Moment label="Last heartbeat" at={integration.last_heartbeat} />
        <Moment label="Last sync" at={integration.last_sync} />
        <Moment label="Last event" at={integration.last_event_at} />
        <td data-label="Lag">{lag === undefined ? '—' : roughDuration(lag)}</td>
        <td data-label="Events 24 h">
          <EventSpark hours={hours} />
        </td>
        <td data-label="Rate limit" className="wraps">
          {limit ? <RateLimitLeft of={limit} /> : '—'}
        </td>
        <td data-label="Connector" className="wraps">
          <bdi>{known?.name ?? type}</bdi>
          {connector && (
            <>
              {' '}
              <bdi>{connector.version}</bdi>
            </>
          )}
          {known && <span className="text-muted"> · {modeWords[known.mode]}</span>}
        </td>
      </tr>
      <Troubles integration={integration} />
    </tbody>
  );
}

function Name({ integration: { id, name, group, type } }: { integration: IntegrationView }) {
  return (
    <th scope="row" className="font-normal">
      <span className="flex min-w-0 items-center gap-2">
        <ConnectorLogo type={type} size={18} />
        <span className="min-w-0">
          <Link to="/settings/integrations/$id" params={{ id }} className="row-link">
            <bdi>{name}</bdi>
          </Link>{' '}
          {group !== null && (
            <span className="tag">
              <bdi>{group}</bdi>
            </span>
          )}
        </span>
      </span>
    </th>
  );
}

/** What troubles it most, and that its file says something else. */
function Troubles({ integration }: { integration: IntegrationView }) {
  const { drift } = integration;
  const troubled = foremostTrouble(integration);
  if (!troubled && !drift) return null;
  return (
    <tr>
      <td colSpan={9}>
        <div className="flex flex-col gap-2 pb-1">
          {troubled && (
            <TroubleBox trouble={troubled.trouble} of={troubled.source}>
              {troubled.others > 0 && (
                <p className="text-muted">
                  {troubled.others === 1
                    ? 'So has another source.'
                    : `So have ${troubled.others.toLocaleString('en')} other sources.`}
                </p>
              )}
            </TroubleBox>
          )}
          {drift && <TroubleBox trouble={drift} />}
        </div>
      </td>
    </tr>
  );
}

function Moment({ label, at }: { label: string; at: string | null }) {
  return <td data-label={label}>{at === null ? 'never' : <Instant at={at} />}</td>;
}
