import type { SavedView } from '@painchain/contract';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { HomeChange } from '../../address/use-home.js';
import { viewsQuery } from '../../api/views.js';
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
