import type { SavedView } from '@painchain/contract';
import { useEffect } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { addressOfView } from './saved-search.js';

/** How somebody came to the page: its first address, and the browser's word for the way. */
export type Arrival = { path: string; search: string; way: string | undefined };

export function arrival(): Arrival {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return { path: location.pathname, search: location.search, way: navigation?.type };
}

/**
 * Whether the default view is to be opened: only for who comes by /home alone. Who goes back to it or loads it again
 * has chosen to see everything.
 */
export function asksForDefault({ path, search, way }: Arrival): boolean {
  return /^\/(?:home\/?)?$/.test(path) && search === '' && way !== 'back_forward' && way !== 'reload';
}

/** One's own before the shared one. */
export function defaultOf(views: readonly SavedView[]): SavedView | undefined {
  const defaults = views.filter((view) => view.is_default);
  return defaults.find((view) => !view.is_shared) ?? defaults[0];
}

// Of the whole page: going to /home later, within it, is a choice.
let mayOpen = typeof location === 'object' && asksForDefault(arrival());

/** Opens the default view as soon as the views are known, unless somebody has asked for something meanwhile. */
export function useDefaultView(
  views: readonly SavedView[] | undefined,
  search: HomeSearch,
  change: HomeChange,
): void {
  useEffect(() => {
    if (!mayOpen) return;
    const isUntouched = Object.keys(search).length === 0;
    if (isUntouched && !views) return;
    mayOpen = false;
    const found = isUntouched && views ? defaultOf(views) : undefined;
    if (found) change.replace(addressOfView(found), true);
  }, [views, search, change]);
}
