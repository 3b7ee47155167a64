import type { ReactNode } from 'react';
import { Modal } from './modal.js';

type Props = {
  open: boolean;
  onClose(): void;
  title: string;
  /** False when the content has a heading and a close button of its own. */
  framed?: boolean;
  children: ReactNode;
};

/** What comes from below on a narrow screen, over the page, and holds the focus until it is closed. */
export function Sheet({ open, onClose, title, framed = true, children }: Props) {
  return (
    open && (
      <Modal title={title} onClose={onClose} framed={framed} className="sheet" ownKeys={false}>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </Modal>
    )
  );
}
