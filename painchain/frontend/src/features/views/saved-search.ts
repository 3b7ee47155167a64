import type { SavedView } from '@painchain/contract';
import { print } from '@painchain/query';
import { readQuery } from '../../address/conditions.js';
import { type HomeSearch, parseHomeSearch } from '../../address/home-search.js';
import { parseSearchText, searchText } from '../../search-text.js';

/**
 * What a view keeps of an address: conditions, time, columns, grouping. Not what somebody looked at in it: the open
 * event, and the moment around which everything is shown.
 */
export function searchOfView({ e: _e, tab: _tab, at: _at, w: _w, view: _view, ...kept }: HomeSearch): string {
  const reading = readQuery(kept.q);
  const search = { ...kept, q: 'query' in reading ? print(reading.query) || undefined : kept.q };
  const inOrder = Object.entries(search).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return searchText(Object.fromEntries(inOrder)).replace(/^\?/, '');
}

/** The address that opens a view. */
export function addressOfView(view: Pick<SavedView, 'id' | 'search'>): HomeSearch {
  return parseHomeSearch({ ...parseSearchText(view.search), view: view.id });
}

/** Whether an address differs from the view that was opened, in anything that a view keeps. */
export function isModified(search: HomeSearch, view: Pick<SavedView, 'id' | 'search'>): boolean {
  return searchOfView(search) !== searchOfView(addressOfView(view));
}
