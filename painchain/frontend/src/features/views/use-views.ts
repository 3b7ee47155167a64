import type { NewView, SavedView } from '@painchain/contract';
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { HomeChange } from '../../address/use-home.js';
import { removeView, saveView, viewsQuery } from '../../api/views.js';
import { ownerId } from './owner.js';
import { addressOfView } from './saved-search.js';

/** The views that this browser sees, and under which id its own are kept. */
export function useViews(): { owner: string; views: UseQueryResult<SavedView[]> } {
  const [owner] = useState(ownerId);
  return { owner, views: useQuery(viewsQuery(owner)) };
}

/** The views for whoever completes what is being typed. */
export function useViewSuggestions(change: HomeChange): { label: string; hint: string; run(): void }[] {
  const { views } = useViews();
  return (views.data ?? []).map((view) => ({
    label: view.name,
    hint: view.is_shared ? 'Shared view' : 'Your view',
    run: () => change.replace(addressOfView(view)),
  }));
}

/** Saving and removing; done when the list tells of it. */
export function useSaving(owner: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['views'] });
  const save = useMutation({
    networkMode: 'always',
    mutationFn: ({ view, id }: { view: NewView; id?: string }) => saveView(view, id),
    onSuccess,
  });
  const remove = useMutation({
    networkMode: 'always',
    mutationFn: (id: string) => removeView(id, owner),
    onSuccess,
  });
  return { save, remove };
}

/** A view as it is sent, with these parts changed. */
export function changed(view: SavedView, owner: string, part: Partial<NewView>): NewView {
  const { name, search, is_default, is_shared } = view;
  return { name, search, is_default, owner: is_shared ? null : owner, ...part };
}
