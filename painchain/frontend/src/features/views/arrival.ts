import type { SavedView } from '@painchain/contract';
import { useEffect } from 'react';
import { type HomeSearch, parseHomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { parseSearchText } from '../../search-text.js';
import { addressOfView } from './saved-search.js';

/** How somebody came to the page: its first address, and the browser's word for the way. */
export type Arrival = { path: string; search: string; way: string | undefined };

export function arrival(): Arrival {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return { path: location.pathname, search: location.search, way: navigation?.type };
}

/**
 * The view that an address asks for: the default one by /home alone, another by nothing but its id. Who goes back or
 * loads the page again has chosen to see what the address says.
 */
export function viewAskedFor({ path, search, way }: Arrival): string | undefined {
  if (!/^\/(?:home\/?)?$/.test(path) || way === 'back_forward' || way === 'reload') return undefined;
  return onlyView(parseHomeSearch(parseSearchText(search)));
}

const byDefault = 'default';

/** The view of an address that says nothing else; undefined when it does. */
function onlyView({ view = byDefault, ...rest }: HomeSearch): string | undefined {
  return Object.keys(rest).length === 0 ? view : undefined;
}

/** One's own before the shared one. */
export function defaultOf(views: readonly SavedView[]): SavedView | undefined {
  const defaults = views.filter((view) => view.is_default);
  return defaults.find((view) => !view.is_shared) ?? defaults[0];
}

function viewNamed(asked: string, views: readonly SavedView[]): SavedView | undefined {
  return asked === byDefault ? defaultOf(views) : views.find(({ id }) => id === asked);
}

// Of the whole page: going to /home later, within it, is a choice.
let asked = typeof location === 'object' ? viewAskedFor(arrival()) : undefined;

/** Opens the view that was asked for as soon as the views are known, unless somebody chose something meanwhile. */
export function useArrival(
  views: readonly SavedView[] | undefined,
  search: HomeSearch,
  change: HomeChange,
): void {
  useEffect(() => {
    if (asked === undefined) return;
    const isUntouched = onlyView(search) === asked;
    if (isUntouched && !views) return;
    const found = isUntouched && views ? viewNamed(asked, views) : undefined;
    asked = undefined;
    if (found) change.replace(addressOfView(found), true);
  }, [views, search, change]);
}
