import type { NewView, SavedView } from '@painchain/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { removeView, saveView } from '../../api/views.js';

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
