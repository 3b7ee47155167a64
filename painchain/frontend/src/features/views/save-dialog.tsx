import type { NewView, SavedView } from '@painchain/contract';
import { useState } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { Modal } from '../../components/modal.js';
import { ProblemBox } from '../../components/problem-box.js';
import { isModified, searchOfView } from './saved-search.js';
import { changed, useSaving } from './use-saving.js';
import { type Draft, ViewForm } from './view-form.js';

export type DialogProps = {
  owner: string;
  search: HomeSearch;
  change: HomeChange;
  opened: SavedView | undefined;
  onDone(words: string): void;
  onClose(): void;
};

/** Keeps what is on the screen under a name, or in the view that is open. */
export function SaveDialog({ owner, search, change, opened, onDone, onClose }: DialogProps) {
  const [draft, setDraft] = useState<Draft>({ name: '', is_shared: false, is_default: false });
  const { save } = useSaving(owner);
  const kept = searchOfView(search);
  const send = (view: NewView, id?: string) => {
    if (save.isPending) return;
    save.mutate(
      { view, ...(id !== undefined && { id }) },
      {
        onSuccess: (saved) => {
          change.set({ view: saved.id });
          onDone(`Saved ${saved.name}`);
        },
      },
    );
  };
  const create = () => {
    const { name, is_shared, is_default } = draft;
    send({ name: name.trim(), search: kept, is_default, owner: is_shared ? null : owner });
  };
  return (
    <Modal title="Save view" onClose={onClose}>
      <div className="min-h-0 overflow-y-auto">
        {opened && isModified(search, opened) && (
          <div className="views-head">
            <p>
              <bdi className="font-semibold">{opened.name}</bdi> is open and modified
              {opened.is_shared && ', and shared with everybody'}.
            </p>
            <button
              type="button"
              className="button"
              aria-disabled={save.isPending}
              onClick={() => send(changed(opened, owner, { search: kept }), opened.id)}
            >
              Save the changes in it
            </button>
            <p className="text-muted">Or save a further view:</p>
          </div>
        )}
        <ViewForm
          draft={draft}
          onDraft={setDraft}
          canShare
          isBusy={save.isPending}
          onSubmit={create}
          onCancel={onClose}
          problem={
            save.isError && (
              <ProblemBox
                error={save.error}
                what="It could not be saved"
                onRetry={() => save.variables && send(save.variables.view, save.variables.id)}
              />
            )
          }
        />
      </div>
    </Modal>
  );
}
