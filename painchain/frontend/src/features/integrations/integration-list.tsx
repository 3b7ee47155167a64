import { limits } from '@painchain/contract/limits';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListSearch } from '../../address/list-search.js';
import { activityQuery } from '../../api/integrations.js';
import { connectorsQuery, integrationsQuery } from '../../api/queries.js';
import { refreshEveryMs } from '../../api/refresh.js';
import { ProblemBox } from '../../components/problem-box.js';
import { ProblemLine } from '../../components/problem-line.js';
import { arranged } from './arranged.js';
import { useBounded } from './bounded.js';
import { ListTable } from './list-table.js';
import { ListToolbar } from './list-toolbar.js';
import { NoIntegrations } from './no-integrations.js';

const shownAtOnce = 50;

type Props = { search: ListSearch; onSearch(search: ListSearch): void };

/** Every integration and how it is doing, the worst first. */
export function IntegrationList({ search, onSearch }: Props) {
  const integrations = useQuery(integrationsQuery(refreshEveryMs));
  const connectors = useQuery(connectorsQuery(refreshEveryMs));
  const activity = useQuery(activityQuery);
  // What is being typed must not wait for the address.
  const [find, setFind] = useState(search.find);
  const asked = { ...search, ...(find !== undefined && { find }) };
  const found = arranged(integrations.data ?? [], asked, activity.data);
  const { shown, more } = useBounded(found, shownAtOnce);
  const ask = ({ find: wanted = '', ...next }: ListSearch) => {
    setFind(wanted);
    onSearch({ ...next, ...(wanted !== '' && { find: wanted }) });
  };
  if (integrations.isPending)
    return <span className="skeleton h-24 w-full" role="status" aria-label="Loading" />;
  if (!integrations.data)
    return (
      <ProblemBox
        error={integrations.error}
        what="The integrations could not be loaded"
        onRetry={() => void integrations.refetch()}
      />
    );
  if (integrations.data.length === 0) return <NoIntegrations />;
  return (
    <>
      {integrations.data.length >= limits.integrations && (
        <p className="text-muted">
          No more than {limits.integrations.toLocaleString('en')} integrations are listed, by type and name.
          There may be others.
        </p>
      )}
      <ListToolbar all={integrations.data} found={found.length} search={asked} onSearch={ask} />
      {activity.isError && !activity.data && (
        <ProblemLine
          what="The events of the last 24 hours could not be counted"
          error={activity.error}
          onRetry={() => void activity.refetch()}
        />
      )}
      {found.length === 0 ? (
        <div className="card flex flex-col items-start gap-2">
          <p>None of the {integrations.data.length.toLocaleString('en')} integrations is like that.</p>
          <button type="button" className="button" onClick={() => ask({})}>
            Show all
          </button>
        </div>
      ) : (
        <div className="card">
          <ListTable
            integrations={shown}
            activity={activity.data}
            connectors={connectors.data}
            search={asked}
            onSearch={ask}
          />
          {more}
        </div>
      )}
    </>
  );
}
