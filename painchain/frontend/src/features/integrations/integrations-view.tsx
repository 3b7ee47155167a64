import { useQuery } from '@tanstack/react-query';
import { connectorsQuery, connectorTypesQuery, integrationsQuery } from '../../api/queries.js';
import { ProblemBox } from '../../components/problem-box.js';
import { Stale } from '../../components/stale.js';
import { IntegrationCard } from './integration-card.js';
import { refreshEveryMs } from './refresh.js';

/** The integrations, each with its sources. Read-only. */
export function IntegrationsView() {
  const integrations = useQuery(integrationsQuery(refreshEveryMs));
  const connectors = useQuery(connectorsQuery(refreshEveryMs));
  const types = useQuery(connectorTypesQuery);
  return (
    <section aria-labelledby="integrations" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="integrations" className="text-base font-semibold">
          Integrations
        </h2>
        <Stale query={integrations} />
      </div>
      {integrations.isPending && <span className="skeleton h-24 w-full" role="status" aria-label="Loading" />}
      {integrations.isError && !integrations.data && (
        <ProblemBox
          error={integrations.error}
          what="The integrations could not be loaded"
          onRetry={() => void integrations.refetch()}
        />
      )}
      {integrations.data?.length === 0 && (
        <p className="card text-muted">
          None yet. A connector registers one when it starts with a configuration file; the Home page shows
          how.
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {integrations.data?.map((integration) => (
          <li key={integration.id}>
            <IntegrationCard
              integration={integration}
              type={types.data?.find((type) => type.type === integration.type)}
              connector={connectors.data?.find((connector) => connector.id === integration.connector_id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
