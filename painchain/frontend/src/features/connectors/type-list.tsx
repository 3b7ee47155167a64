import type { ConnectorTypeView } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { connectorsQuery, connectorTypesQuery } from '../../api/queries.js';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { modeWords } from '../../components/connector-mode.js';
import { ProblemBox } from '../../components/problem-box.js';
import { SafeLink } from '../../components/safe-link.js';
import { refreshEveryMs } from '../../api/refresh.js';

/** The types of connectors that are known: those that come along, and those that have registered. */
export function TypeList() {
  const types = useQuery(connectorTypesQuery);
  const connectors = useQuery(connectorsQuery(refreshEveryMs));
  return (
    <section aria-labelledby="types" className="flex flex-col gap-3">
      <h2 id="types" className="text-base font-semibold">
        Known types
      </h2>
      {types.isPending && <span className="skeleton h-16 w-full" role="status" aria-label="Loading" />}
      {types.isError && !types.data && (
        <ProblemBox
          error={types.error}
          what="The types of connectors could not be loaded"
          onRetry={() => void types.refetch()}
        />
      )}
      <ul className="type-list">
        {types.data?.map((type) => (
          <li key={type.type} className="card">
            <TypeCard
              type={type}
              running={
                connectors.data?.filter(
                  (connector) => connector.type === type.type && connector.state === 'running',
                ).length
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type CardProps = { type: ConnectorTypeView; running: number | undefined };

function TypeCard({ type, running }: CardProps) {
  const schemas = Object.entries(type.event_schemas);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="flex items-center gap-2 font-semibold">
        <ConnectorLogo type={type.type} size={20} />
        <bdi>{type.name}</bdi>
        <code className="value-code font-normal">{type.type}</code>
      </h3>
      <p className="text-muted">
        <bdi>{type.description}</bdi>
      </p>
      <dl className="facts">
        <Fact name="Mode">{modeWords[type.mode]}</Fact>
        <Fact name="Comes from">{type.built_in ? 'PainChain itself' : 'its connector'}</Fact>
        {type.mode !== 'internal' && running !== undefined && (
          <Fact name="Running">{running === 0 ? 'none' : running.toLocaleString('en')}</Fact>
        )}
      </dl>
      {schemas.length > 0 && (
        <details>
          <summary className="text-button">
            {schemas.length} {schemas.length === 1 ? 'event type' : 'event types'}
          </summary>
          <ul className="flex flex-col gap-1 pt-1">
            {schemas.map(([name, schema]) => (
              <li key={name}>
                <code className="value-code">{name}</code>{' '}
                {typeof schema['title'] === 'string' && <bdi>{schema['title']}</bdi>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {type.documentation !== undefined && <SafeLink to={type.documentation}>How to connect it</SafeLink>}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
