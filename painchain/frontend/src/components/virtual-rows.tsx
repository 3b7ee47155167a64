import {
  type ReactElement,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { Virtualizer } from 'virtua';

export type VirtualRowsHandle = {
  toTop(): void;
  /** Brings an item into sight, below what sticks at the top. */
  reveal(index: number): void;
};

type Props<Item extends { id: string }> = {
  items: readonly Item[];
  /** Where an item that was there stands now, by its id. */
  placeOf(id: string): number | undefined;
  /** Height of every item in px. */
  itemHeight: number;
  /** What sticks at the top, and its height in px. */
  header: ReactNode;
  headerHeight: number;
  /** What of the items' own place is covered at the top. */
  coveredHeight: number;
  /** The item that stays mounted when out of sight, because it has the focus. */
  keepIndex?: number | undefined;
  /** The item that must not move, when it isn't the first in sight. */
  pinnedId(): string | undefined;
  /** True: even at the very top nothing moves, what comes in before goes out of sight. */
  holds: boolean;
  ref?: Ref<VirtualRowsHandle>;
  onScroll(offset: number): void;
  /** The rows were scrolled by so much, so that what is read stays where it is. */
  onKept(px: number): void;
  /** The reader comes near an end; called again when items are added. */
  onNear(end: 'top' | 'bottom'): void;
  children(item: Item, index: number): ReactElement;
};

/** How far ahead of an end more rows are asked for, in px: about two screens. */
const aheadPx = 1_600;

/** The one place that knows which library lays out only the rows in sight. */
export function VirtualRows<Item extends { id: string }>(props: Props<Item>) {
  const { items, itemHeight, headerHeight, keepIndex, onNear, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTo = (top: number) => {
    scroller.current?.scrollTo({ top });
  };
  useImperativeHandle(ref, () => ({
    toTop: () => scrollTo(0),
    reveal: (index) => {
      const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
      const top = index * itemHeight - props.coveredHeight;
      const bottom = (index + 1) * itemHeight + headerHeight - clientHeight;
      if (scrollTop > top) scrollTo(top);
      else if (scrollTop < bottom) scrollTo(bottom);
    },
  }));
  const look = useCallback(() => {
    if (!scroller.current) return;
    const { scrollTop, clientHeight, scrollHeight } = scroller.current;
    if (scrollTop < aheadPx) onNear('top');
    if (scrollTop + clientHeight > scrollHeight - aheadPx) onNear('bottom');
  }, [onNear]);
  // Rows that don't fill the screen can't be scrolled.
  useEffect(look, [look, items.length]);
  useKeptPlace(scroller, props);
  return (
    <div ref={scroller} className="grid-scroller" role="rowgroup">
      {props.header}
      <Virtualizer
        key={itemHeight}
        scrollRef={scroller}
        startMargin={headerHeight}
        data={items}
        itemSize={itemHeight}
        {...(keepIndex !== undefined && keepIndex >= 0 && { keepMounted: [keepIndex] })}
        onScroll={() => {
          props.onScroll(scroller.current?.scrollTop ?? 0);
          look();
        }}
      >
        {props.children}
      </Virtualizer>
      {/* So that also a few rows can be held in their place. */}
      {props.holds && <div className="h-full" />}
    </div>
  );
}

/**
 * Keeps what is read where it is, whatever comes, goes, folds or unfolds above it: the pinned item, or else the first
 * in sight. At the very top new items slide in, unless the rows are held. All items are of one height, so it is exact.
 */
function useKeptPlace<Item extends { id: string }>(
  scroller: { readonly current: HTMLDivElement | null },
  { items, itemHeight, placeOf, pinnedId, holds, onKept }: Props<Item>,
): void {
  const before = useRef({ items, itemHeight, places: placeOf });
  useLayoutEffect(() => {
    const { items: old, itemHeight: oldHeight, places } = before.current;
    before.current = { items, itemHeight, places: placeOf };
    const element = scroller.current;
    if (!element || (old === items && oldHeight === itemHeight)) return;
    const top = element.scrollTop;
    if (top <= 0 && !holds) return;
    const pinned = pinnedId();
    let from = (pinned === undefined ? undefined : places(pinned)) ?? Math.floor(top / oldHeight);
    let to: number | undefined;
    for (; from < old.length && to === undefined; from += 1) to = placeOf(old[from]?.id ?? '');
    // Nothing of what was in sight is left: these are other rows.
    const kept = to === undefined ? -top : to * itemHeight - (from - 1) * oldHeight;
    if (kept === 0) return;
    element.scrollTo({ top: top + kept });
    onKept(kept);
  });
}
