import type { ConnectorTypeView, IntegrationView } from '@painchain/contract';
import { type HomeSearch, isAsked } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { Instant } from '../../components/instant.js';
import { NoMatch } from './no-match.js';
import { NothingConnected, NothingYet } from './nothing-yet.js';

type Props = {
  search: HomeSearch;
  change: HomeChange;
  integrations: IntegrationView[];
  types: ConnectorTypeView[];
  /** How far was looked, while it goes on. */
  reached: string | undefined;
  /** What comes in is kept back, so that nothing can be said of the present. */
  isHeld: boolean;
};

/** Why there is no row, and what can be done about it. */
export function EmptyState({ search, change, integrations, types, reached, isHeld }: Props) {
  if (reached !== undefined) return <LookingFurther reached={reached} />;
  if (isAsked(search)) return <NoMatch search={search} change={change} isHeld={isHeld} />;
  return integrations.length === 0 ? (
    <NothingConnected types={types} />
  ) : (
    <NothingYet integrations={integrations} />
  );
}

/** Nothing was found in the time for one request: the next one is on its way. */
function LookingFurther({ reached }: { reached: string }) {
  return (
    <div className="empty" role="status">
      <h2 className="text-lg font-semibold">No event matches so far</h2>
      <p className="text-muted">
        Looked back to <Instant at={reached} exact />, and looking further.
      </p>
    </div>
  );
}
