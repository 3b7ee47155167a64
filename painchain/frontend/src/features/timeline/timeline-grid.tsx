import { type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TimelineRow } from '@painchain/contract';
import { classNames } from '../../components/class-names.js';
import { useZone } from '../../components/clock.js';
import { useIsNarrow } from '../../components/use-media.js';
import { VirtualRows, type VirtualRowsHandle } from '../../components/virtual-rows.js';
import { itemsOf } from './items.js';
import { DayRow, TimelineRowView } from './timeline-row.js';

export type GridHandle = {
  toTop(): void;
  /** Brings a row into sight and gives it the focus. */
  focusRow(id: string): void;
};

type Props = {
  rows: TimelineRow[];
  selectedId: string | undefined;
  activeId: string | undefined;
  /** True when an end is not yet loaded, so that the number of rows is not known. */
  more: boolean;
  /** Pages that were loaded above the first one. */
  newerPages: number;
  dimmed: boolean;
  ref?: Ref<GridHandle>;
  onOpen(id: string): void;
  onScroll(offset: number): void;
  onNear(end: 'top' | 'bottom'): void;
};

const columns = ['Time', 'Status', 'Title', 'Project', 'Connector', 'Actor'];

/** The timeline: a grid of which only the rows in sight exist, with one tab stop. */
export function TimelineGrid({ rows, selectedId, activeId, more, newerPages, dimmed, ref, ...on }: Props) {
  const zone = useZone();
  const items = useMemo(() => itemsOf(rows, zone), [rows, zone]);
  const grid = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualRowsHandle>(null);
  const [focusedId, setFocusedId] = useState<string>();
  const wanted = activeId ?? selectedId ?? focusedId;
  const wantedIndex = useMemo(() => items.findIndex((item) => item.id === wanted), [items, wanted]);
  const stop = wantedIndex < 0 ? rows[0]?.id : wanted;
  const stopIndex = wantedIndex < 0 ? items.findIndex((item) => item.id === stop) : wantedIndex;
  const prepended = usePrepended(newerPages);

  useImperativeHandle(ref, () => ({
    toTop: () => list.current?.toTop(),
    focusRow: (id) => {
      list.current?.reveal(items.findIndex((item) => item.id === id));
      grid.current
        ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true });
    },
  }));

  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Timeline"
      aria-rowcount={more ? -1 : items.length + 1}
      aria-busy={dimmed}
      className={classNames('grid-root', dimmed && 'opacity-50')}
      onFocus={(event) => setFocusedId(event.target.dataset['row'])}
    >
      <div role="row" aria-rowindex={1} className="row row-head">
        {columns.map((name) => (
          <span key={name} role="columnheader" className={`cell-${name.toLowerCase()}`}>
            {name === 'Status' ? <span className="sr-only">{name}</span> : name}
          </span>
        ))}
      </div>
      <VirtualRows
        ref={list}
        items={items}
        itemHeight={useIsNarrow() ? 56 : 32}
        keepIndex={stopIndex}
        prepended={prepended}
        onScroll={on.onScroll}
        onNear={on.onNear}
      >
        {(item, index) =>
          item.kind === 'day' ? (
            <DayRow key={item.id} startMs={item.startMs} index={index} />
          ) : (
            <TimelineRowView
              key={item.id}
              row={item.row}
              index={index}
              selected={item.id === selectedId}
              active={item.id === stop}
              onOpen={on.onOpen}
            />
          )
        }
      </VirtualRows>
    </div>
  );
}

/** True in the render in which a newer page came before the rows that were there. */
function usePrepended(newerPages: number): boolean {
  const before = useRef(newerPages);
  const prepended = newerPages > before.current;
  useLayoutEffect(() => {
    before.current = newerPages;
  });
  return prepended;
}
