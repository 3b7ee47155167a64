import { ListFilter, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { lazy, useState } from 'react';
import { conditionsOf, readQuery } from '../../address/conditions.js';
import type { HomeSearch } from '../../address/home-search.js';
import { type Counted, useCounted } from '../../address/use-counted.js';
import type { HomeChange } from '../../address/use-home.js';
import { Loaded } from '../../components/loaded.js';
import { Sheet } from '../../components/sheet.js';
import { type FacetPreferences, useFacetPreferences } from './use-facet-preferences.js';
import { useFacets } from './use-facets.js';

// It comes while the counting goes on.
const FacetPanel = lazy(() => import('./facet-panel.js').then((module) => ({ default: module.FacetPanel })));

type Props = { search: HomeSearch; change: HomeChange };

/** How often each value of a field occurs; each is a condition in one click. */
export function Facets(props: Props) {
  const counted = useCounted(props.search);
  const preferences = useFacetPreferences();
  if (counted.isEmpty) return null;
  if (preferences.isColumnFolded) {
    return (
      <div className="facets-folded">
        <button
          type="button"
          className="icon-button"
          aria-label="Show the facets"
          aria-expanded={false}
          title="Show the facets"
          onClick={preferences.toggleColumn}
        >
          <PanelLeftOpen size={15} />
        </button>
      </div>
    );
  }
  return (
    <aside className="facets" aria-label="Facets">
      <div className="facets-head">
        <h2>Facets</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Fold the facets"
          aria-expanded
          title="Fold the facets"
          onClick={preferences.toggleColumn}
        >
          <PanelLeftClose size={15} />
        </button>
      </div>
      <Panel {...props} counted={counted} preferences={preferences} />
    </aside>
  );
}

/** On a narrow screen the facets are a sheet behind a button. */
export function FacetsButton(props: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const counted = useCounted(props.search);
  const preferences = useFacetPreferences();
  const reading = readQuery(props.search.q);
  const conditions = 'query' in reading ? conditionsOf(reading.query).length : 0;
  if (counted.isEmpty) return null;
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <ListFilter size={15} aria-hidden="true" /> Filters
        {conditions > 0 && (
          <span className="count-badge">
            {conditions}
            <span className="sr-only"> {conditions === 1 ? 'condition' : 'conditions'}</span>
          </span>
        )}
      </button>
      <Sheet open={isOpen} onClose={() => setIsOpen(false)} title="Filters">
        <div className="facets-sheet">
          <Panel {...props} counted={counted} preferences={preferences} />
        </div>
      </Sheet>
    </>
  );
}

function Panel(props: Props & { counted: Counted; preferences: FacetPreferences }) {
  const { counted, preferences } = props;
  const fields = preferences.facets.filter((name) => !preferences.isFolded(name));
  const answer = useFacets({ counted, fields });
  return (
    <Loaded>
      <FacetPanel {...props} answer={answer} />
    </Loaded>
  );
}
