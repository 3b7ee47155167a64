import { type ReactNode, type RefObject, type ToggleEvent, useId, useRef, useState } from 'react';
import { classNames } from './class-names.js';
import { Loaded } from './loaded.js';

type Props = {
  /** What the popup is called. */
  title: string;
  className?: string;
  label: ReactNode;
  /** The button, for who opens the popup by a command. */
  buttonRef?: RefObject<HTMLButtonElement | null>;
  /** Asked for while it is open only, so that it may be loaded then. */
  children(close: () => void): ReactNode;
};

const widestPx = 320;
const gapPx = 4;
const marginPx = 8;

/** A button with a popup under it, which a press beside it or Escape closes. The browser keeps it above all else. */
export function PopupButton({ title, className = 'control', label, buttonRef, children }: Props) {
  const id = useId();
  const own = useRef<HTMLButtonElement>(null);
  const button = buttonRef ?? own;
  const popup = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const place = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    if (newState !== 'open' || !button.current || !popup.current) return;
    const { bottom, left } = button.current.getBoundingClientRect();
    const top = bottom + gapPx;
    const width = Math.min(widestPx, innerWidth - 2 * marginPx);
    const place = Math.min(left, innerWidth - width - marginPx);
    Object.assign(popup.current.style, {
      top: `${top}px`,
      left: `${Math.max(marginPx, place)}px`,
      width: `${width}px`,
      maxHeight: `${innerHeight - top - marginPx}px`,
    });
  };
  const toggled = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    setOpen(newState === 'open');
    if (newState === 'open') popup.current?.focus();
  };
  return (
    <>
      <button ref={button} type="button" className={className} popoverTarget={id} aria-haspopup="dialog">
        {label}
      </button>
      <div
        ref={popup}
        id={id}
        popover="auto"
        role="dialog"
        tabIndex={-1}
        data-own-keys
        aria-label={title}
        className={classNames('popup', 'popup-below')}
        onBeforeToggle={place}
        onToggle={toggled}
      >
        {open && <Loaded>{children(() => popup.current?.hidePopover())}</Loaded>}
      </div>
    </>
  );
}
