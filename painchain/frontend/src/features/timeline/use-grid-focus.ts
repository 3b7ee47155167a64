import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { VirtualRowsHandle } from '../../components/virtual-rows.js';
import type { Layout } from './items.js';
import { heirOf, itemOf, rowFrom } from './use-layout.js';
import type { Pause } from './use-pause.js';

type Options = {
  layout: Layout;
  openId: string | undefined;
  list: RefObject<VirtualRowsHandle | null>;
  pause: Pause;
};

/** The focus in the grid: on a row or on a cell of it, with one tab stop for all of them. */
export function useGridFocus({ layout, openId, list, pause }: Options) {
  const grid = useRef<HTMLDivElement>(null);
  const [currentId, setCurrentId] = useState<string>();
  const { focused } = pause;
  const before = useRef({ layout, hasFocus: false });
  const first = rowFrom(layout, 0, 1);
  const stopId = itemOf(layout, currentId ?? openId)?.id ?? first;

  const focusRow = (id: string) => {
    const place = layout.placeOf.get(id);
    // It is not among the rows: they stay where they are, and the focus goes to where it was among them.
    if (place === undefined) return focusOn(rowElement(grid.current, stopId ?? ''));
    const column = focusedColumn(grid.current);
    // Mounted before it is looked for, however far away it is.
    flushSync(() => setCurrentId(id));
    const shownId = itemOf(layout, id)?.id ?? id;
    const row = rowElement(grid.current, shownId);
    const cell = column && row?.querySelector<HTMLElement>(`[aria-colindex="${column}"]`);
    focusOn(cell || row);
    list.current?.reveal(place);
  };
  const onFocus = (event: FocusEvent) => {
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) setCurrentId(row.dataset['row']);
    focused((before.current.hasFocus = row !== null));
  };
  const onBlur = (event: FocusEvent) => {
    if (!grid.current?.contains(event.relatedTarget)) focused((before.current.hasFocus = false));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' || !(event.target instanceof Element)) return;
    if (event.target.closest<HTMLElement>('[data-row]')?.dataset['row'] !== first) return;
    const heads = grid.current?.querySelectorAll<HTMLElement>('.head-button');
    heads?.[Number(focusedColumn(grid.current) ?? 1) - 1]?.focus();
    event.preventDefault();
  };
  // Whoever opens an event from elsewhere, such as one that is related, goes on from its row.
  useEffect(() => {
    const { layout: rows, hasFocus } = before.current;
    if (openId !== undefined && !hasFocus && rows.placeOf.has(openId)) setCurrentId(openId);
  }, [openId]);
  useEffect(() => {
    const { layout: old, hasFocus } = before.current;
    before.current.layout = layout;
    // An element that is taken away says nothing of the focus that goes with it.
    const isLost = hasFocus && !grid.current?.contains(document.activeElement);
    if (!isLost) return;
    // Of other rows the first has it.
    const heir = (currentId === undefined ? undefined : heirOf(currentId, old, layout)) ?? stopId;
    if (heir === undefined) focused((before.current.hasFocus = false));
    else {
      setCurrentId(heir);
      focusOn(rowElement(grid.current, heir));
    }
  }, [layout, currentId, stopId, focused]);
  return {
    grid,
    currentId,
    stopId,
    focusRow,
    focusFirst: () => first !== undefined && focusRow(first),
    onFocus,
    onBlur,
    onKeyDown,
  };
}

function rowElement(grid: HTMLElement | null, id: string): HTMLElement | null | undefined {
  return grid?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}

function focusedCell(grid: HTMLElement | null): HTMLElement | undefined {
  const focused = document.activeElement;
  const cell = grid?.contains(focused) ? focused?.closest<HTMLElement>('[aria-colindex]') : undefined;
  return cell ?? undefined;
}

/** The field of the cell that has the focus. */
export function focusedField(grid: HTMLElement | null): string | undefined {
  return focusedCell(grid)?.dataset['field'];
}

function focusedColumn(grid: HTMLElement | null): string | undefined {
  return focusedCell(grid)?.ariaColIndex ?? undefined;
}

/** From cell to cell; before the first one stands the row itself. */
export function moveCell(grid: HTMLElement | null, step: 1 | -1): void {
  const focused = document.activeElement;
  const row = grid?.contains(focused) ? focused?.closest<HTMLElement>('[data-row]') : undefined;
  if (!row) return;
  const cells = [...row.querySelectorAll<HTMLElement>('[role=gridcell]')];
  // A small window leaves some out.
  const stops = [row, ...cells.filter((cell) => cell.checkVisibility())];
  focusOn(stops[stops.indexOf(focusedCell(grid) ?? row) + step]);
}

/** A cell takes the focus only when the keys lead there, so that a click gives it to the row. */
function focusOn(element: HTMLElement | null | undefined): void {
  if (!element) return;
  if (element.role === 'gridcell') element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
