import type { SavedView } from '@painchain/contract';
import { useState } from 'react';
import { Modal } from '../../components/modal.js';
import { ProblemBox } from '../../components/problem-box.js';
import type { DialogProps } from './save-dialog.js';
import { changed, useSaving } from './use-saving.js';
import { ViewForm } from './view-form.js';

/** Another name for a view, the default or not, or its end. */
export function EditDialog({
  view,
  owner,
  search,
  change,
  onDone,
  onClose,
}: DialogProps & { view: SavedView }) {
  const { name, is_shared, is_default } = view;
  const [draft, setDraft] = useState({ name, is_shared, is_default });
  const [isRemoving, setRemoving] = useState(false);
  const { save, remove } = useSaving(owner);
  const rename = () => {
    const part = { name: draft.name.trim(), is_default: draft.is_default };
    save.mutate(
      { id: view.id, view: changed(view, owner, part) },
      { onSuccess: (saved) => onDone(`Saved ${saved.name}`) },
    );
  };
  const drop = () => {
    if (remove.isPending) return;
    remove.mutate(view.id, {
      onSuccess: () => {
        if (search.view === view.id) change.set({ view: undefined });
        onDone(`Removed ${name}`);
      },
    });
  };
  return (
    <Modal title={is_shared ? 'Shared view' : 'Your view'} onClose={onClose}>
      <div className="min-h-0 overflow-y-auto">
        {isRemoving ? (
          <div className="view-form">
            <p>
              Remove <bdi className="font-semibold">{name}</bdi>
              {is_shared && ' for everybody'}? This cannot be undone. Its events stay, and so does what its
              links show.
            </p>
            {remove.isError && (
              <ProblemBox error={remove.error} what="It could not be removed" onRetry={drop} />
            )}
            <div className="flex gap-2">
              <button type="button" className="button-bad" aria-disabled={remove.isPending} onClick={drop}>
                Remove
              </button>
              <button type="button" className="button" onClick={() => setRemoving(false)}>
                Keep it
              </button>
            </div>
          </div>
        ) : (
          <ViewForm
            draft={draft}
            onDraft={setDraft}
            canShare={false}
            isBusy={save.isPending}
            onSubmit={rename}
            onCancel={onClose}
            problem={
              save.isError && <ProblemBox error={save.error} what="It could not be saved" onRetry={rename} />
            }
          >
            <button type="button" className="text-button ml-auto text-bad" onClick={() => setRemoving(true)}>
              Remove…
            </button>
          </ViewForm>
        )}
      </div>
    </Modal>
  );
}
