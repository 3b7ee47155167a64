import type { SavedView } from '@painchain/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { fitting } from '../../components/fuzzy.js';
import { IconButton } from '../../components/icon-button.js';
import { KeyCaps } from '../../components/key-caps.js';
import { ProblemBox } from '../../components/problem-box.js';
import { addressOfView, searchOfView } from './saved-search.js';
import { changed, useSaving } from './use-saving.js';

type Props = {
  search: HomeSearch;
  change: HomeChange;
  owner: string;
  views: UseQueryResult<SavedView[]>;
  opened: SavedView | undefined;
  modified: boolean;
  close(): void;
  onSaved(words: string): void;
  onSaveAs(): void;
  onEdit(view: SavedView): void;
};

/** From this many on, typing is faster than looking. */
const searchedFrom = 9;

/** The views there are, and what can be done with the one that is open. */
export function ViewList(props: Props) {
  const { search, change, views, opened, modified, close, onSaveAs } = props;
  const [text, setText] = useState('');
  const all = views.data ?? [];
  const found = fitting(text, all, (view) => view.name);
  const then = (action: () => void) => () => {
    close();
    action();
  };
  const open = (view: SavedView) => then(() => change.replace(addressOfView(view)))();
  const edit = (view: SavedView) => then(() => props.onEdit(view))();
  return (
    <>
      {opened && modified && <Modified {...props} opened={opened} />}
      {views.isError && (
        <ProblemBox
          error={views.error}
          what="The views cannot be read"
          onRetry={() => void views.refetch()}
        />
      )}
      {search.view !== undefined && views.data && !opened && (
        <p className="views-note">
          The view of this address is not among these: it was removed, or it is somebody’s own. What it shows
          is here all the same.
        </p>
      )}
      {all.length >= searchedFrom && (
        <div className="p-2 pb-0">
          <input
            type="search"
            className="field-input w-full"
            aria-label="Find a view"
            placeholder="Find a view"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      <Section title="Yours" of={found.filter((view) => !view.is_shared)} {...{ opened, open, edit }} />
      <Section title="Shared" of={found.filter((view) => view.is_shared)} {...{ opened, open, edit }} />
      {views.isPending && <p className="views-note">Loading…</p>}
      {views.data?.length === 0 && (
        <p className="views-note">
          None yet. A view keeps the conditions, the time, the columns and the grouping under a name.
        </p>
      )}
      {all.length > 0 && found.length === 0 && <p className="views-note">No view is called that.</p>}
      <div className="views-foot">
        <button type="button" className="choice w-full" onClick={then(onSaveAs)}>
          <Plus size={14} aria-hidden="true" /> Save as new… <span className="ml-auto" />
          <KeyCaps keys={['s']} />
        </button>
        <button type="button" className="choice w-full" onClick={then(() => change.replace({}))}>
          Everything, without a view
        </button>
      </div>
    </>
  );
}

type SectionProps = {
  title: string;
  of: SavedView[];
  opened: SavedView | undefined;
  open(view: SavedView): void;
  edit(view: SavedView): void;
};

function Section({ title, of, opened, open, edit }: SectionProps) {
  if (of.length === 0) return null;
  return (
    <section aria-label={title} className="px-1">
      <h2 className="views-section">{title}</h2>
      <ul>
        {of.map((view) => (
          <li key={view.id} className="flex items-center">
            <button
              type="button"
              className="choice view-choice"
              aria-current={view.id === opened?.id ? 'true' : undefined}
              onClick={() => open(view)}
            >
              <bdi className="truncate">{view.name}</bdi>
              {view.is_default && <span className="tag text-muted">default</span>}
            </button>
            <IconButton label={`Change ${view.name}`} onClick={() => edit(view)}>
              <Pencil size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The open view differs from what is saved: keep the one or the other. */
function Modified({ search, change, owner, opened, close, onSaved }: Props & { opened: SavedView }) {
  const { save } = useSaving(owner);
  const update = () => {
    if (save.isPending) return;
    save.mutate(
      { id: opened.id, view: changed(opened, owner, { search: searchOfView(search) }) },
      {
        onSuccess: ({ name }) => {
          close();
          onSaved(`Saved ${name}`);
        },
      },
    );
  };
  return (
    <div className="views-head">
      <p>
        <bdi className="font-semibold">{opened.name}</bdi> is modified
        {opened.is_shared && '. It is shared: saving changes it for everybody'}.
      </p>
      <div className="flex gap-2">
        <button type="button" className="button-primary" aria-disabled={save.isPending} onClick={update}>
          Save
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            close();
            change.replace(addressOfView(opened));
          }}
        >
          Discard changes
        </button>
      </div>
      {save.isError && <ProblemBox error={save.error} what="It could not be saved" onRetry={update} />}
    </div>
  );
}
