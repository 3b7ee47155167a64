import { queryOptions } from '@tanstack/react-query';
import type { NewView, SavedView, ViewList } from '@painchain/contract';
import { apiUrl, getJson, sendJson } from './client.js';

/** The shared views and those of an owner. */
export function viewsQuery(owner: string) {
  return queryOptions({
    queryKey: ['views', owner],
    queryFn: ({ signal }) => getJson<ViewList>(apiUrl('/views', { owner }), signal),
    select: (answer) => answer.views,
    staleTime: 60_000,
  });
}

/** Saves a view: over the one with this id, or as a further one. */
export function saveView(view: NewView, id?: string): Promise<SavedView> {
  return id === undefined
    ? sendJson('POST', apiUrl('/views'), view)
    : sendJson('PUT', apiUrl(`/views/${encodeURIComponent(id)}`), view);
}

export function removeView(id: string, owner: string): Promise<void> {
  return sendJson('DELETE', apiUrl(`/views/${encodeURIComponent(id)}`, { owner }));
}
