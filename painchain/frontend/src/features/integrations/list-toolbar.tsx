import type { IntegrationView } from '@painchain/contract';
import { listOrders, type ListSearch } from '../../address/list-search.js';
import { HealthMark } from '../../components/health.js';
import { useIsNarrow } from '../../components/use-media.js';
import { countedStates } from './arranged.js';

/** From here on it is quicker to search than to look. */
const many = 8;

/** What the columns are called that the list can be put in order by. */
export const orderNames: Record<(typeof listOrders)[number], string> = {
  name: 'Name',
  heartbeat: 'Last heartbeat',
  sync: 'Last sync',
  event: 'Last event',
  lag: 'Lag',
  events: 'Events 24 h',
};

type Props = {
  all: readonly IntegrationView[];
  found: number;
  search: ListSearch;
  onSearch(search: ListSearch): void;
};

/** Finds some of many integrations: by a word, by their state, and on a narrow screen in an order. */
export function ListToolbar({ all, found, search, onSearch }: Props) {
  const isNarrow = useIsNarrow();
  const states = countedStates(all);
  if (all.length < 2) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {(all.length >= many || search.find !== undefined) && (
        <input
          type="search"
          className="field-input w-56 max-w-full"
          aria-label="Find an integration"
          placeholder="Name, group or type"
          autoComplete="off"
          spellCheck={false}
          value={search.find ?? ''}
          onChange={({ target }) => onSearch({ ...search, find: target.value })}
        />
      )}
      {states.length > 1 && (
        <div role="group" aria-label="State" className="state-choices">
          {states.map(([state, count]) => (
            <button
              key={state}
              type="button"
              className="control state-choice"
              aria-pressed={search.state === state}
              onClick={() => onSearch(toggled(search, state))}
            >
              <HealthMark state={state} /> {count.toLocaleString('en')}
            </button>
          ))}
        </div>
      )}
      {isNarrow && <OrderChoice search={search} onSearch={onSearch} />}
      <p role="status" className="sr-only">
        {found.toLocaleString('en')} of {all.length.toLocaleString('en')} integrations
      </p>
    </div>
  );
}

function toggled({ state, ...rest }: ListSearch, chosen: string): ListSearch {
  return state === chosen ? rest : { ...rest, state: chosen };
}

/** A table's heads have no place on a narrow screen. */
function OrderChoice({ search: { sort, ...rest }, onSearch }: Pick<Props, 'search' | 'onSearch'>) {
  return (
    <label className="flex items-center gap-2">
      Order
      <select
        className="control"
        value={sort ?? ''}
        onChange={({ target }) => {
          const chosen = listOrders.flatMap((each) => [each, `-${each}`] as const);
          const sort = chosen.find((each) => each === target.value);
          onSearch({ ...rest, ...(sort && { sort }) });
        }}
      >
        <option value="">The worst first</option>
        <option value="name">{orderNames.name}</option>
        {listOrders
          .filter((each) => each !== 'name')
          .map((each) => (
            <option key={each} value={`-${each}`}>
              {orderNames[each]}
            </option>
          ))}
      </select>
    </label>
  );
}
