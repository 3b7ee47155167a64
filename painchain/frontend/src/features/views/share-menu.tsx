import { Share2 } from 'lucide-react';
import { lazy, useRef } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import { useCommands } from '../../components/commands.js';
import { PopupButton } from '../../components/popup.js';

const SharePanel = lazy(() => import('./share-panel.js').then((module) => ({ default: module.SharePanel })));

/** Takes what is on the screen elsewhere: as a link, or as a file. */
export function ShareMenu({ search }: { search: HomeSearch }) {
  const button = useRef<HTMLButtonElement>(null);
  const open = () => button.current?.click();
  useCommands([
    { id: 'share', title: 'Share: copy a link to this', section: 'View', run: open },
    { id: 'export', title: 'Export: CSV, NDJSON, Markdown', section: 'View', run: open },
  ]);
  return (
    <PopupButton
      title="Share and export"
      className="count-button"
      buttonRef={button}
      label={
        <>
          <Share2 size={14} aria-hidden="true" />
          <span className="max-md:sr-only">Share</span>
        </>
      }
    >
      {() => <SharePanel search={search} />}
    </PopupButton>
  );
}
