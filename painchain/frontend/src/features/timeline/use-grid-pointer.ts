import { type PointerEvent, type RefObject, useContext, useRef } from 'react';
import { HoverContext } from '../../components/hovered.js';
import type { CellToolsHandle } from './cell-tools.js';
import { filterValue } from './columns.js';
import type { Layout } from './items.js';
import { itemOf } from './use-layout.js';

type Options = {
  layout: Layout;
  tools: RefObject<CellToolsHandle | null>;
  /** Whether the pointer rests on a row. */
  onReading(is: boolean): void;
  /** The pointer has left the rows. */
  onLeave(): void;
};

/** So long after the rows were scrolled a row only passes by below the pointer, and nobody looks at it. */
const scrollingMs = 120;

/**
 * What the pointer does over the rows, heard once for all of them: it marks the moment elsewhere, brings the tools of
 * the value below it, and holds the row. No row is rendered for any of that.
 */
export function useGridPointer({ layout, tools, onReading, onLeave }: Options) {
  const hovered = useContext(HoverContext);
  const rowId = useRef<string>(undefined);
  const scrolledAt = useRef(0);
  const hasPassed = useRef(false);
  const point = (id: string | undefined) => {
    const hasLeft = rowId.current !== undefined && id === undefined;
    rowId.current = id;
    onReading(id !== undefined);
    if (hasLeft) onLeave();
  };
  const leave = () => {
    tools.current?.show(undefined);
    hovered.set(undefined);
    point(undefined);
  };
  const over = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    if (event.target.closest('.cell-tools, .grid-notice')) return;
    const element = event.target.closest<HTMLElement>('[data-row]');
    const item = itemOf(layout, element?.dataset['row']);
    if (item?.kind !== 'row') return leave();
    point(item.id);
    if (event.timeStamp - scrolledAt.current < scrollingMs) return;
    hasPassed.current = false;
    hovered.set({ kind: 'row', atMs: Date.parse(item.row.timestamp) });
    const cell = event.target.closest<HTMLElement>('[data-field]');
    const field = cell?.dataset['field'];
    const value = field === undefined || field === 'title' ? undefined : filterValue(item.row, field);
    tools.current?.show(
      cell && field !== undefined && value !== undefined
        ? { field, value, ...placeIn(event.currentTarget, cell) }
        : undefined,
    );
  };
  return {
    onPointerOver: over,
    // After a scroll the pointer may rest on what came below it, and need not enter it any more.
    onPointerMove: (event: PointerEvent<HTMLElement>) => hasPassed.current && over(event),
    onPointerLeave: leave,
    rowId: () => rowId.current,
    scrolled: () => {
      scrolledAt.current = performance.now();
      hasPassed.current = true;
      tools.current?.show(undefined);
    },
  };
}

const toolHeight = 24;

/** The right end of a cell, as seen from what the tools are placed in. */
function placeIn(frame: HTMLElement, cell: HTMLElement): { top: number; right: number } {
  const [outer, inner] = [frame.getBoundingClientRect(), cell.getBoundingClientRect()];
  return {
    top: inner.top - outer.top + (inner.height - toolHeight) / 2,
    right: Math.max(0, outer.right - inner.right),
  };
}
