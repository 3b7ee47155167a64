import type { ConnectorView, IntegrationView } from '@painchain/contract';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ListOrder, ListSearch } from '../../address/list-search.js';
import { useIsNarrow } from '../../components/use-media.js';
import type { Activity } from './arranged.js';
import { ListRow } from './list-row.js';
import { orderNames } from './list-toolbar.js';

type Sorting = { search: ListSearch; onSearch(search: ListSearch): void };
type Props = Sorting & {
  integrations: readonly IntegrationView[];
  activity: Activity | undefined;
  connectors: readonly ConnectorView[] | undefined;
};

/** A row for each integration, and below it what troubles it. */
export function ListTable({ integrations, activity, connectors, ...sorting }: Props) {
  const isNarrow = useIsNarrow();
  return (
    <table className="value-table cards-when-narrow integration-table" aria-label="Integrations">
      {!isNarrow && (
        <thead>
          <tr>
            <OrderHead order="name" {...sorting} />
            <th scope="col">State</th>
            <OrderHead order="heartbeat" {...sorting} />
            <OrderHead order="sync" {...sorting} />
            <OrderHead order="event" {...sorting} />
            <OrderHead order="lag" {...sorting} />
            <OrderHead order="events" {...sorting} />
            <th scope="col">Rate limit</th>
            <th scope="col">Connector</th>
          </tr>
        </thead>
      )}
      {integrations.map((integration) => (
        <ListRow
          key={integration.id}
          integration={integration}
          hours={activity?.get(integration.id)}
          connector={connectors?.find(({ id }) => id === integration.connector_id)}
        />
      ))}
    </table>
  );
}

/** A press orders by the column, the next one the other way round, the third one as it was. */
function OrderHead({ order, search, onSearch }: Sorting & { order: ListOrder }) {
  const { sort, ...rest } = search;
  // Of times and counts the largest are wanted first.
  const [first, second] = order === 'name' ? [order, `-${order}` as const] : [`-${order}` as const, order];
  const next = sort === first ? second : sort === second ? undefined : first;
  const way = sort === order ? 'ascending' : sort === `-${order}` ? 'descending' : undefined;
  return (
    <th scope="col" {...(way && { 'aria-sort': way })}>
      <button
        type="button"
        className="order-button"
        onClick={() => onSearch({ ...rest, ...(next && { sort: next }) })}
      >
        {orderNames[order]}
        {way === 'ascending' && <ArrowUp size={12} aria-hidden="true" />}
        {way === 'descending' && <ArrowDown size={12} aria-hidden="true" />}
      </button>
    </th>
  );
}
