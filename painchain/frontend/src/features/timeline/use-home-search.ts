import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Zone } from '../../components/clock.js';
import { type FilterField, type HomeSearch, parseHomeSearch, withFilter, withoutFilters } from './search.js';
import type { TimeRange } from './time-range.js';

const route = getRouteApi('/home');

/** The state of /home, which is its address, and the ways to change it. */
export function useHomeSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useMemo(() => {
    const go = (next: (before: HomeSearch) => HomeSearch, replace = false) =>
      void navigate({ search: (before) => next(before), replace });
    return {
      range: (range: TimeRange) =>
        go(({ range: _range, from: _from, to: _to, ...rest }) => parseHomeSearch({ ...rest, ...range })),
      zone: (zone: Zone) =>
        go(({ zone: _zone, ...rest }) => parseHomeSearch({ ...rest, ...(zone === 'utc' && { zone }) })),
      filter: (field: FilterField, values: string[]) => go((before) => withFilter(before, field, values)),
      clear: () => go(withoutFilters),
      /** Going from neighbour to neighbour replaces, so that Back leaves the panel instead of walking through it. */
      open: (id: string) => go((before) => ({ ...before, e: id }), search.e !== undefined),
      close: () => go(({ e: _event, tab: _tab, ...rest }) => rest),
      tab: (tab: 'overview' | 'raw') =>
        go(({ tab: _tab, ...rest }) => (tab === 'raw' ? { ...rest, tab } : rest), true),
    };
  }, [navigate, search.e]);
  return { search, change };
}

export type HomeChange = ReturnType<typeof useHomeSearch>['change'];
