import { X } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { classNames } from './class-names.js';
import { IconButton } from './icon-button.js';

type Props = {
  title: string;
  onClose(): void;
  /** False when the content needs no heading to be seen. */
  framed?: boolean;
  className?: string;
  /** False when the keys of the page go on beside what is open, all but Escape. */
  ownKeys?: boolean;
  children: ReactNode;
};

/**
 * A window in the middle that keeps the page back until it is closed: by Escape, its button or a press beside it.
 * `data-first` inside gets the focus, and who had it has it again afterwards.
 */
export function Modal({ title, onClose, framed = true, className, ownKeys = true, children }: Props) {
  const place = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const dialog = place.current;
    if (!dialog) return undefined;
    // The event comes late, perhaps when it is open again.
    const closed = () => !dialog.open && close.current();
    const pressed = (event: MouseEvent) => event.target === dialog && close.current();
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-first]')?.focus();
    dialog.addEventListener('close', closed);
    dialog.addEventListener('mousedown', pressed);
    return () => {
      dialog.removeEventListener('close', closed);
      dialog.removeEventListener('mousedown', pressed);
      dialog.close();
    };
  }, []);
  return (
    <dialog
      ref={place}
      tabIndex={-1}
      className={classNames('modal', className)}
      aria-label={title}
      {...(ownKeys && { 'data-own-keys': true })}
    >
      <div className="modal-body">
        {framed && (
          <div className="sheet-head">
            <h2 className="font-semibold">{title}</h2>
            <IconButton label="Close" onClick={onClose}>
              <X size={16} />
            </IconButton>
          </div>
        )}
        {children}
      </div>
    </dialog>
  );
}
