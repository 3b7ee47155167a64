import type { SavedView } from '@painchain/contract';
import { Bookmark } from 'lucide-react';
import { lazy, useRef, useState } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { useCommands } from '../../components/commands.js';
import { LoadedModal } from '../../components/loaded.js';
import { PopupButton } from '../../components/popup.js';
import { useArrival } from './arrival.js';
import { addressOfView, isModified } from './saved-search.js';
import { useViews } from './use-views.js';

const ViewList = lazy(() => import('./view-list.js').then((module) => ({ default: module.ViewList })));
const SaveDialog = lazy(() => import('./save-dialog.js').then((module) => ({ default: module.SaveDialog })));
const EditDialog = lazy(() => import('./edit-dialog.js').then((module) => ({ default: module.EditDialog })));

type Props = { search: HomeSearch; change: HomeChange };

/** Saved views: open one, save what is on the screen. */
export function ViewMenu({ search, change }: Props) {
  const { owner, views } = useViews();
  const [dialog, setDialog] = useState<'save' | SavedView>();
  const [said, setSaid] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  useArrival(views.data, search, change);
  const opened = views.data?.find((view) => view.id === search.view);
  const modified = opened !== undefined && isModified(search, opened);
  useViewCommands({
    views: views.data ?? [],
    change,
    onList: () => button.current?.click(),
    onSave: () => setDialog('save'),
  });
  const done = (words: string) => {
    setDialog(undefined);
    setSaid(words);
  };
  const dialogProps = { owner, search, change, opened, onDone: done, onClose: () => setDialog(undefined) };
  return (
    <>
      <PopupButton
        title="Saved views"
        className="count-button"
        buttonRef={button}
        label={<ButtonLabel opened={opened} modified={modified} />}
      >
        {(close) => (
          <ViewList
            {...{ search, change, owner, views, opened, modified, close }}
            onSaved={setSaid}
            onSaveAs={() => setDialog('save')}
            onEdit={setDialog}
          />
        )}
      </PopupButton>
      <span role="status" className="sr-only">
        {said}
      </span>
      {dialog && (
        <LoadedModal title={dialog === 'save' ? 'Save view' : 'View'} onClose={dialogProps.onClose}>
          {dialog === 'save' ? (
            <SaveDialog {...dialogProps} />
          ) : (
            <EditDialog {...dialogProps} view={dialog} />
          )}
        </LoadedModal>
      )}
    </>
  );
}

function ButtonLabel({ opened, modified }: { opened: SavedView | undefined; modified: boolean }) {
  return (
    <>
      <Bookmark size={14} aria-hidden="true" className={opened ? 'text-accent' : ''} />
      <span className="sr-only">{opened ? 'View: ' : 'Saved views'}</span>
      {opened ? (
        <bdi className="view-name text-ink">{opened.name}</bdi>
      ) : (
        <span aria-hidden="true">Views</span>
      )}
      {modified && (
        <span className="view-modified" title="Differs from the view as it is saved">
          <span className="sr-only md:not-sr-only">modified</span>
        </span>
      )}
    </>
  );
}

type CommandOptions = { views: readonly SavedView[]; change: HomeChange; onList(): void; onSave(): void };

function useViewCommands({ views, change, onList, onSave }: CommandOptions): void {
  useCommands([
    { id: 'save-view', title: 'Save view', section: 'View', keys: ['s'], run: onSave },
    { id: 'views', title: 'Saved views', section: 'View', run: onList },
    ...views.map((view) => ({
      id: view.id,
      title: `Open view: ${view.name}`,
      section: 'View' as const,
      run: () => change.replace(addressOfView(view)),
    })),
    { id: 'everything', title: 'Show everything', section: 'View', run: () => change.replace({}) },
  ]);
}
