import type { TimelineRow } from '@painchain/contract';
import { type MouseEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { usePreference } from '../../components/preferences.js';
import { useIsNarrow } from '../../components/use-media.js';
import { VirtualRows, type VirtualRowsHandle } from '../../components/virtual-rows.js';
import { CellTools, type CellToolsHandle } from './cell-tools.js';
import { columnCount, trackStyle } from './columns.js';
import { GridNotice } from './grid-notice.js';
import { HeaderRow } from './header-row.js';
import type { Item } from './items.js';
import { nextSort, orderOf } from './order.js';
import { EndRow, HeadingRow } from './other-rows.js';
import { StickyHeading, type StickyHeadingHandle } from './sticky-heading.js';
import { TimelineRowView } from './timeline-row.js';
import { useGridFocus } from './use-grid-focus.js';
import { useGridPointer } from './use-grid-pointer.js';
import { useHold } from './use-hold.js';
import { itemOf, useLayout } from './use-layout.js';
import type { Pause } from './use-pause.js';
import { useRowCommands } from './use-row-commands.js';

export type GridHandle = {
  toTop(): void;
  /** Brings a row into sight and gives it the focus. */
  focusRow(id: string): void;
};

type Props = {
  rows: TimelineRow[];
  /** Those that came in while the pointer rests on a row, and what lets them find their place. */
  fresh: ReadonlySet<string>;
  onSettle(): void;
  search: HomeSearch;
  change: HomeChange;
  pause: Pause;
  /** Ends that are not loaded. */
  moreAbove: boolean;
  moreBelow: boolean;
  /** The server named the end, and since when there is nothing more. */
  isWhole: boolean;
  sinceMs: number | undefined;
  dimmed: boolean;
  ref?: Ref<GridHandle>;
  onNear(end: 'top' | 'bottom'): void;
};

const noColumns: string[] = [];

/** The timeline: a grid of which only the rows in sight exist, with one tab stop. */
export function TimelineGrid(props: Props) {
  const { rows, fresh, search, change, pause, isWhole } = props;
  const added = search.cols ?? noColumns;
  const columns = columnCount(added);
  const order = orderOf(search);
  const withDay = order.grouping !== 'day';
  const { narrow, itemHeight, headerHeight } = useHeights();
  const { layout, toggle } = useLayout({ rows, fresh, order, isWhole });
  const list = useRef<VirtualRowsHandle>(null);
  const tools = useRef<CellToolsHandle>(null);
  const sticky = useRef<StickyHeadingHandle>(null);
  const [copied, setCopied] = useState(0);
  const hold = useHold(list, pause, props.onSettle);
  const pointer = useGridPointer({ layout, tools, onReading: pause.pointed, onLeave: hold.left });
  const focus = useGridFocus({ layout, openId: search.e, list, pause });
  const { grid, stopId, currentId, focusRow } = focus;
  const selectedId = itemOf(layout, search.e)?.id;
  useImperativeHandle(props.ref, () => ({ toTop: hold.toTop, focusRow }));
  const isCovered = narrow && search.e !== undefined;
  const onCopied = () => setCopied(Date.now());
  const shown = { layout, grid, list, currentId, isCovered };
  useRowCommands({ ...shown, search, change, focusRow, toggle, onCopied });
  const clicked = (event: MouseEvent) => {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (id !== undefined) (target.closest('[data-fold]') ? toggle : change.open)(id);
  };
  const renderItem = (item: Item, index: number, top: number) => {
    const place = { index, top };
    if (item.kind === 'heading')
      return <HeadingRow key={item.id} {...place} section={item.section} columns={columns} />;
    if (item.kind === 'end')
      return <EndRow key={item.id} {...place} sinceMs={props.sinceMs} columns={columns} />;
    return (
      <TimelineRowView
        key={item.id}
        {...place}
        row={item.row}
        fold={item.fold}
        isMember={item.isMember}
        added={added}
        withDay={withDay}
        selected={item.id === selectedId}
        active={item.id === stopId}
      />
    );
  };

  return (
    <div
      className={classNames('grid-frame', itemHeight === 24 && 'grid-compact', props.dimmed && 'opacity-50')}
      style={narrow ? undefined : trackStyle(added, withDay)}
      onPointerOver={pointer.onPointerOver}
      onPointerMove={pointer.onPointerMove}
      onPointerLeave={pointer.onPointerLeave}
    >
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label="Timeline"
        aria-rowcount={props.moreAbove || props.moreBelow ? -1 : layout.items.length + 1}
        aria-colcount={columns}
        aria-busy={props.dimmed}
        className="grid-root"
        onClick={clicked}
        onKeyDown={focus.onKeyDown}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
      >
        <VirtualRows
          ref={list}
          items={layout.items}
          placeOf={(id) => layout.placeOf.get(id)}
          itemHeight={itemHeight}
          headerHeight={headerHeight}
          coveredHeight={layout.headings.length > 0 ? itemHeight : 0}
          header={
            <>
              <HeaderRow
                search={search}
                added={added}
                onSort={(field) => change.set({ sort: nextSort(field, search.sort), group: undefined })}
                onDown={focus.focusFirst}
              />
              <StickyHeading ref={sticky} />
            </>
          }
          keepIndex={stopId === undefined ? undefined : layout.placeOf.get(stopId)}
          pinnedId={pointer.rowId}
          holds={fresh.size > 0}
          moreAbove={props.moreAbove}
          onKept={(px) => hold.kept(px, fresh.size > 0)}
          onScroll={(offset) => {
            pointer.scrolled();
            const first = Math.floor(offset / itemHeight);
            sticky.current?.show(layout.items, layout.headings, first, offset > first * itemHeight);
            hold.scrolled(offset);
          }}
          onNear={props.onNear}
        >
          {renderItem}
        </VirtualRows>
      </div>
      <CellTools ref={tools} change={change} />
      <GridNotice above={fresh.size} copied={copied} onTop={hold.toTop} />
    </div>
  );
}

function useHeights() {
  const narrow = useIsNarrow();
  const [height] = usePreference('row-height');
  return {
    narrow,
    itemHeight: narrow ? 56 : height === 'compact' ? 24 : 32,
    headerHeight: narrow ? 0 : 24,
  };
}
