import {
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { rowsInSight, type Span } from './rows-in-sight.js';

export type VirtualRowsHandle = {
  toTop(): void;
  /** Brings an item into sight, below what sticks at the top. */
  reveal(index: number): void;
  /** How many items a screen holds. */
  itemsOfScreen(): number;
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
  /** How much of the items' own place is covered at the top, in px. */
  coveredHeight: number;
  /** The item that stays mounted when out of sight, because it has the focus. */
  keepIndex?: number | undefined;
  /** The item that must not move, when it isn't the first in sight. */
  pinnedId(): string | undefined;
  /** True: even at the very top nothing moves, what comes in before goes out of sight. */
  holds: boolean;
  /** Items before the first are still to come: then its place is not the top, and nothing slides in there. */
  moreAbove: boolean;
  ref?: Ref<VirtualRowsHandle>;
  onScroll(offset: number): void;
  /** The rows were scrolled by so much, so that what is read stays where it is. */
  onKept(px: number): void;
  /** The reader comes near an end; called again when items are added. */
  onNear(end: 'top' | 'bottom'): void;
  /** Lays out an item `top` px down, with the class `virtual-row` and its id as the key. */
  children(item: Item, index: number, top: number): ReactElement;
};

/** How far ahead of an end more rows are asked for, in px: about two screens. */
const aheadPx = 1_600;

/**
 * Lays out only the rows in sight. All are of one height, so a row's place is known without measuring, and a scroll
 * costs the rows that come into sight and no more.
 */
export function VirtualRows<Item extends { id: string }>(props: Props<Item>) {
  const { items, itemHeight, headerHeight, keepIndex, onNear } = props;
  const { scroller, span, look } = useSpan(itemHeight);
  useImperativeHandle(props.ref, () => ({
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
    reveal: (index) => {
      const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
      const highest = index * itemHeight - props.coveredHeight;
      const lowest = (index + 1) * itemHeight + headerHeight - clientHeight;
      const top = Math.min(highest, Math.max(lowest, scrollTop));
      if (top !== scrollTop) scroller.current?.scrollTo({ top });
    },
    itemsOfScreen: () => {
      const free = (scroller.current?.clientHeight ?? 0) - headerHeight - props.coveredHeight;
      return Math.max(1, Math.floor(free / itemHeight));
    },
  }));
  const lookAhead = useCallback(() => {
    if (!scroller.current) return;
    const { scrollTop, clientHeight, scrollHeight } = scroller.current;
    if (scrollTop < aheadPx) onNear('top');
    if (scrollTop + clientHeight > scrollHeight - aheadPx) onNear('bottom');
  }, [onNear, scroller]);
  // Rows that don't fill the screen can't be scrolled.
  useEffect(lookAhead, [lookAhead, items.length]);
  useKeptPlace(scroller, look, props);
  const last = Math.min(items.length, span.end) - 1;
  const indexes = Array.from({ length: Math.max(0, last - span.start + 1) }, (_, at) => span.start + at);
  if (keepIndex !== undefined && keepIndex < span.start) indexes.unshift(keepIndex);
  if (keepIndex !== undefined && keepIndex > last) indexes.push(keepIndex);
  return (
    <div
      ref={scroller}
      className="grid-scroller"
      role="rowgroup"
      onScroll={() => {
        // Before the frame is painted, so that no row is missing from it.
        flushSync(look);
        props.onScroll(scroller.current?.scrollTop ?? 0);
        lookAhead();
      }}
    >
      {props.header}
      <div className="virtual-rows" style={{ height: items.length * itemHeight }}>
        {indexes.map((index) => {
          const item = items[index];
          return item && props.children(item, index, index * itemHeight);
        })}
      </div>
      {/* So that also a few rows can be held in their place. */}
      {props.holds && <div className="h-full" />}
    </div>
  );
}

/** Which items are in sight, or close to it. */
function useSpan(itemHeight: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [span, setSpan] = useState<Span>({ start: 0, end: 60 });
  const look = useCallback(() => {
    if (!scroller.current) return;
    const next = rowsInSight(scroller.current.scrollTop, scroller.current.clientHeight, itemHeight);
    setSpan((now) => (now.start === next.start && now.end === next.end ? now : next));
  }, [itemHeight]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(look);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [look]);
  return { scroller, span, look };
}

/**
 * Keeps what is read where it is, whatever comes, goes, folds or unfolds above it: the pinned item, or else the first
 * in sight. At the very top new items slide in, unless the rows are held or what came was still missing above them. All
 * items are of one height, so it is exact.
 */
function useKeptPlace<Item extends { id: string }>(
  scroller: RefObject<HTMLElement | null>,
  look: () => void,
  { items, itemHeight, placeOf, pinnedId, holds, moreAbove, onKept }: Props<Item>,
): void {
  const before = useRef({ items, itemHeight, places: placeOf, moreAbove });
  useLayoutEffect(() => {
    const { items: old, itemHeight: oldHeight, places, moreAbove: wasMoreAbove } = before.current;
    before.current = { items, itemHeight, places: placeOf, moreAbove };
    const element = scroller.current;
    if (!element || (old === items && oldHeight === itemHeight)) return;
    const top = element.scrollTop;
    if (top <= 0 && !holds && !wasMoreAbove) return;
    const pinned = pinnedId();
    let from = (pinned === undefined ? undefined : places(pinned)) ?? Math.floor(top / oldHeight);
    let to: number | undefined;
    for (; from < old.length && to === undefined; from += 1) to = placeOf(old[from]?.id ?? '');
    // Nothing of what was in sight is left: these are other rows.
    const kept = to === undefined ? -top : to * itemHeight - (from - 1) * oldHeight;
    if (kept === 0) return;
    element.scrollTo({ top: top + kept });
    look();
    onKept(kept);
  });
}
