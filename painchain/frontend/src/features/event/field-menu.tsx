import { CircleMinus, Ellipsis, ListFilter } from 'lucide-react';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useId,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from '../../components/icon-button.js';
import type { FieldActions, FieldOfEvent } from '../../json-renderer/render-context.js';
import { askableOf, onlyThis, withoutThis } from './field-conditions.js';
import { type FieldDoings, FieldItems } from './field-items.js';

/** What can be done with a field: the buttons of each, and the one menu that they all open. */
export function useFieldMenu(doings: FieldDoings): { actions: FieldActions; menu: ReactNode } {
  const { onEdit } = doings;
  const id = useId();
  const popup = useRef<HTMLDivElement>(null);
  const opener = useRef<Element>(undefined);
  const [field, setField] = useState<FieldOfEvent>();
  const toggle = useCallback((event: MouseEvent, next: FieldOfEvent) => {
    const isOpen = popup.current?.matches(':popover-open') ?? false;
    const isSame = opener.current === event.currentTarget;
    opener.current = event.currentTarget;
    // The browser shows it after this; what is open already only goes on to another field.
    if (isOpen) event.preventDefault();
    if (isOpen && isSame) return popup.current?.hidePopover();
    flushSync(() => setField(next));
    if (popup.current) placeBeside(popup.current, event.currentTarget);
    if (isOpen) focusItem(popup.current, 0);
    return undefined;
  }, []);
  const actions = useCallback(
    (each: FieldOfEvent) => <FieldButtons field={each} menuId={id} onEdit={onEdit} onMenu={toggle} />,
    [id, onEdit, toggle],
  );
  const close = () => popup.current?.hidePopover();
  // With the field its button goes, which had the focus.
  const onHide = (path: string) => {
    doings.onHide(path);
    popup.current?.closest<HTMLElement>('[role=tabpanel]')?.focus({ preventScroll: true });
  };
  const menu = (
    <div
      ref={popup}
      id={id}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={`What to do with ${field?.label ?? 'a field'}`}
      className="popup menu"
      onToggle={({ newState }) => newState === 'open' && focusItem(popup.current, 0)}
      onKeyDown={moveFocus}
    >
      {field && <FieldItems key={field.path} field={field} {...doings} onHide={onHide} onDone={close} />}
    </div>
  );
  return { actions, menu };
}

const gapPx = 4;
const roomPx = 260;

/** Below its button, or above it where there is more room. */
function placeBeside(popup: HTMLElement, button: Element): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const below = innerHeight - bottom;
  const isBelow = below > roomPx || below > top;
  popup.style.right = `${Math.max(gapPx, innerWidth - right)}px`;
  popup.style.top = isBelow ? `${bottom + gapPx}px` : 'auto';
  popup.style.bottom = isBelow ? 'auto' : `${innerHeight - top + gapPx}px`;
  popup.style.maxHeight = `${(isBelow ? below : top) - 2 * gapPx}px`;
}

function itemsOf(popup: HTMLElement | null): HTMLElement[] {
  return [...(popup?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function focusItem(popup: HTMLElement | null, index: number): void {
  itemsOf(popup).at(index)?.focus();
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  // The browser gives the focus back to the button, and goes on from there.
  if (event.key === 'Tab') return event.currentTarget.hidePopover();
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: (at + 1) % items.length, ArrowUp: at <= 0 ? -1 : at - 1, Home: 0, End: -1 }[
    event.key
  ];
  if (next === undefined) return;
  event.preventDefault();
  focusItem(event.currentTarget, next);
}

type ButtonsProps = Pick<FieldDoings, 'onEdit'> & {
  field: FieldOfEvent;
  menuId: string;
  onMenu(event: MouseEvent, field: FieldOfEvent): void;
};

function FieldButtons({ field, menuId, onEdit, onMenu }: ButtonsProps) {
  const askable = askableOf(field);
  return (
    <>
      {askable && (
        <>
          <IconButton
            label={`Only events with this ${field.label}`}
            className="wide-only"
            onClick={() => onEdit(onlyThis(askable))}
          >
            <ListFilter size={14} />
          </IconButton>
          <IconButton
            label={`Without events with this ${field.label}`}
            className="wide-only"
            onClick={() => onEdit(withoutThis(askable))}
          >
            <CircleMinus size={14} />
          </IconButton>
        </>
      )}
      <IconButton
        label={`More to do with ${field.label}`}
        aria-haspopup="menu"
        popoverTarget={menuId}
        onClick={(event) => onMenu(event, field)}
      >
        <Ellipsis size={14} />
      </IconButton>
    </>
  );
}
