import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Sheet } from '../../components/sheet.js';
import { FilterChips } from './filter-chips.js';
import { QueryBar, type QueryBarProps } from './query-bar.js';
import { filterFields } from './search.js';
import type { HomeChange } from './use-home-search.js';

type Props = Pick<QueryBarProps, 'search' | 'projects' | 'types'> & { change: HomeChange; narrow: boolean };

function summary({ range, from, to, ...search }: Props['search']): string {
  const time = range ?? (from || to ? 'chosen time' : 'any time');
  const filters = filterFields.reduce((sum, field) => sum + (search[field]?.length ?? 0), 0);
  return filters === 0 ? time : `${time}, ${filters} ${filters === 1 ? 'filter' : 'filters'}`;
}

/** The question above the timeline; on a narrow screen a sheet behind one button. */
export function QueryPlace({ change, narrow, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const bar = <QueryBar {...rest} onRange={change.range} onZone={change.zone} onFilter={change.filter} />;
  const chips = <FilterChips search={rest.search} onFilter={change.filter} onClear={change.clear} />;
  if (!narrow) {
    return (
      <div className="query-place">
        {bar}
        {chips}
      </div>
    );
  }
  return (
    <div className="query-place">
      <button type="button" className="control w-full justify-center" onClick={() => setOpen(true)}>
        <SlidersHorizontal size={16} aria-hidden="true" />
        Filters <span className="text-muted">({summary(rest.search)})</span>
      </button>
      {chips}
      <Sheet open={open} onClose={() => setOpen(false)} title="Filters">
        <div className="p-4">{bar}</div>
      </Sheet>
    </div>
  );
}
