import { useQuery } from '@tanstack/react-query';
import { connectorsQuery, indexQuery } from '../../api/queries.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { HealthMark } from '../../components/health.js';
import { Instant } from '../../components/instant.js';
import { ProblemBox } from '../../components/problem-box.js';
import { Stale } from '../../components/stale.js';
import { refreshEveryMs } from '../../api/refresh.js';

/** The connector processes that registered. Read-only. */
export function ConnectorList() {
  const query = useQuery(connectorsQuery(refreshEveryMs));
  return (
    <section aria-labelledby="connectors" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="connectors" className="text-base font-semibold">
          Processes
        </h2>
        <Stale query={query} />
      </div>
      <Contract />
      {query.isPending && <span className="skeleton h-16 w-full" role="status" aria-label="Loading" />}
      {query.isError && !query.data && (
        <ProblemBox
          error={query.error}
          what="The connectors could not be loaded"
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data?.length === 0 && (
        <p className="card text-muted">No connector process has registered yet.</p>
      )}
      {query.data && query.data.length > 0 && (
        <div className="card">
          <table className="value-table cards-when-narrow" aria-label="Connector processes">
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col">State</th>
                <th scope="col">Version</th>
                <th scope="col">Last heartbeat</th>
                <th scope="col">Works through</th>
                <th scope="col">Started</th>
              </tr>
            </thead>
            <tbody>
              {query.data.map((connector) => (
                <tr key={connector.id}>
                  <th scope="row" className="font-normal">
                    <ConnectorMark type={connector.type} />
                  </th>
                  <td data-label="State">
                    <HealthMark state={connector.state} />
                  </td>
                  <td data-label="Version">
                    <bdi>{connector.version}</bdi>
                  </td>
                  <td data-label="Last heartbeat">
                    <Instant at={connector.last_heartbeat} />
                  </td>
                  <td data-label="Works through">
                    {connector.leases} {connector.leases === 1 ? 'integration' : 'integrations'}
                  </td>
                  <td data-label="Started">
                    <Instant at={connector.registered_at} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Which connectors this backend understands. */
function Contract() {
  const index = useQuery(indexQuery);
  if (!index.data) return null;
  const { contract_version: version } = index.data;
  return (
    <p className="text-muted">
      This backend speaks version <bdi>{version}</bdi> of the contract. A connector of another major version
      is refused and says so in its log.
    </p>
  );
}
