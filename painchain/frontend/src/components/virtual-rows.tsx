import { type ReactElement, type Ref, useCallback, useEffect, useImperativeHandle, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

export type VirtualRowsHandle = { toTop(): void; reveal(index: number): void };

type Props<Item extends { id: string }> = {
  items: Item[];
  /** Height of most items in px. */
  itemHeight: number;
  /** The item that stays mounted when out of sight, because it has the focus. */
  keepIndex?: number | undefined;
  /** True in the render that adds items before the first, so that those in sight stay where they are. */
  prepended: boolean;
  ref?: Ref<VirtualRowsHandle>;
  onScroll(offset: number): void;
  /** The reader comes near an end; called again when items are added. */
  onNear(end: 'top' | 'bottom'): void;
  children(item: Item, index: number): ReactElement;
};

/** How far ahead of an end more rows are asked for, in px: about two screens. */
const aheadPx = 1_600;

/** The one place that knows which library lays out only the rows in sight. */
export function VirtualRows<Item extends { id: string }>(props: Props<Item>) {
  const { items, itemHeight, keepIndex, onNear, ref } = props;
  const inner = useRef<VirtualizerHandle>(null);
  useImperativeHandle(ref, () => ({
    toTop: () => inner.current?.scrollTo(0),
    reveal: (index) => inner.current?.scrollToIndex(index, { align: 'nearest' }),
  }));
  const look = useCallback(() => {
    const handle = inner.current;
    if (!handle) return;
    if (handle.scrollOffset < aheadPx) onNear('top');
    if (handle.scrollOffset + handle.viewportSize > handle.scrollSize - aheadPx) onNear('bottom');
  }, [onNear]);
  // Rows that don't fill the screen can't be scrolled.
  useEffect(look, [look, items.length]);
  return (
    <div
      className="h-full overflow-y-auto overscroll-contain [scrollbar-gutter:stable] [overflow-anchor:none]"
      role="rowgroup"
    >
      <Virtualizer
        ref={inner}
        data={items}
        itemSize={itemHeight}
        shift={props.prepended}
        {...(keepIndex !== undefined && keepIndex >= 0 && { keepMounted: [keepIndex] })}
        onScroll={(offset) => {
          props.onScroll(offset);
          look();
        }}
      >
        {props.children}
      </Virtualizer>
    </div>
  );
}
