import { everything } from '@painchain/query';
import { Plus } from 'lucide-react';
import { lazy, useState } from 'react';
import { readQuery } from '../../address/conditions.js';
import type { HomeSearch } from '../../address/home-search.js';
import type { Counted } from '../../address/use-counted.js';
import type { HomeChange } from '../../address/use-home.js';
import { isUnreachable } from '../../api/problem-error.js';
import { classNames } from '../../components/class-names.js';
import { Loaded } from '../../components/loaded.js';
import { ProblemLine } from '../../components/problem-line.js';
import { FacetSection } from './facet-section.js';
import { TeamSection } from './team-section.js';
import type { FacetPreferences } from './use-facet-preferences.js';
import type { useFacets } from './use-facets.js';

const AddFacet = lazy(() => import('./add-facet.js').then((module) => ({ default: module.AddFacet })));

type Props = {
  search: HomeSearch;
  change: HomeChange;
  counted: Counted;
  preferences: FacetPreferences;
  answer: ReturnType<typeof useFacets>;
};

/** All facets one below the other. */
export function FacetPanel({ search, change, counted, preferences, answer }: Props) {
  const [isAdding, setIsAdding] = useState(false);
  const { facets } = preferences;
  const reading = readQuery(search.q);
  const query = 'query' in reading ? reading.query : everything;
  const error = counted.fault?.error ?? answer.error;
  const counts = new Map(answer.data?.facets.map((facet) => [facet.field, facet]));
  return (
    <div aria-busy={answer.isFetching}>
      {error && !(answer.data && isUnreachable(error)) && (
        <ProblemLine
          what="The facets could not be counted"
          error={error}
          onRetry={() => (counted.fault ? counted.fault.retry() : void answer.refetch())}
        />
      )}
      {answer.data?.capped && (
        <p className="facet-note text-warning">
          Not all is counted: <bdi>{answer.data.capped.detail}</bdi>
        </p>
      )}
      <TeamSection query={query} change={change} preferences={preferences} />
      <div className={classNames(answer.isPlaceholderData && 'dimmed')}>
        {facets.map((name) => (
          <FacetSection
            key={name}
            name={name}
            facet={counts.get(name)}
            isLoading={!error && 'query' in reading}
            query={query}
            counted={counted}
            change={change}
            preferences={preferences}
          />
        ))}
      </div>
      <button
        type="button"
        className="text-button mx-2 my-2"
        aria-expanded={isAdding}
        onClick={() => setIsAdding(!isAdding)}
      >
        <Plus size={13} /> Add a facet
      </button>
      {isAdding && (
        <Loaded>
          <AddFacet counted={counted} facets={facets} onAdd={preferences.add} />
        </Loaded>
      )}
    </div>
  );
}
