import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.js';

type Props = {
  open: boolean;
  onClose(): void;
  title: string;
  /** A window in the middle, instead of a sheet from below. */
  centered?: boolean;
  /** False when the content has a heading and a close button of its own. */
  framed?: boolean;
  children: ReactNode;
};

/** What lies over the page and holds the focus until it is closed. */
export function Sheet({ open, onClose, title, centered = false, framed = true, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={classNames(centered ? 'dialog' : 'sheet')}>
          {framed ? (
            <div className="sheet-head">
              <Dialog.Title className="font-semibold">{title}</Dialog.Title>
              <Dialog.Close className="icon-button" aria-label="Close">
                <X size={16} />
              </Dialog.Close>
            </div>
          ) : (
            <Dialog.Title className="sr-only">{title}</Dialog.Title>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
