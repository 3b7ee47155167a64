import type { TimelineRow } from '@painchain/contract';
import { useCallback, useMemo, useState } from 'react';
import { useZone } from '../../components/clock.js';
import { type Fold, type Item, type Layout, layOut, toggled } from './items.js';
import type { Order } from './order.js';

type Options = {
  rows: readonly TimelineRow[];
  fresh: ReadonlySet<string>;
  order: Pick<Order, 'grouping' | 'isFolded'>;
  isWhole: boolean;
};

const none: ReadonlySet<string> = new Set();

/** The rows as they stand in the grid, with the folds that the reader opened. */
export function useLayout({ rows, fresh, order, isWhole }: Options) {
  const zone = useZone();
  const [open, setOpen] = useState(none);
  const { grouping, isFolded } = order;
  const layout = useMemo(
    () => layOut(rows, { grouping, zone, isFolded, open, fresh, isWhole }),
    [rows, grouping, zone, isFolded, open, fresh, isWhole],
  );
  const toggle = useCallback(
    (id: string) => {
      const fold = foldAt(layout, id);
      if (fold) setOpen(toggled(open, fold));
    },
    [layout, open],
  );
  return { layout, toggle };
}

/** The item that shows a row: its own, or the fold that holds it. */
export function itemOf(layout: Layout, id: string | undefined): Item | undefined {
  const at = id === undefined ? undefined : layout.placeOf.get(id);
  return at === undefined ? undefined : layout.items[at];
}

/** The fold that a row stands for, or is a member of. */
export function foldAt(layout: Layout, id: string): Fold | undefined {
  const at = layout.placeOf.get(id) ?? -1;
  const head = layout.items.slice(0, at + 1).findLast((item) => item.kind === 'row' && !item.isMember);
  return head?.kind === 'row' ? head.fold : undefined;
}

/** The next item that is a row, from one place on in one direction; the nearest one where there is none. */
export function rowFrom(layout: Layout, from: number, step: 1 | -1): string | undefined {
  const { items } = layout;
  for (let at = from; at >= 0 && at < items.length; at += step) {
    const item = items[at];
    if (item?.kind === 'row') return item.id;
  }
  return undefined;
}

/**
 * The row that takes the place of one which is gone into a fold: the fold, where the reader closed it; else the next
 * one that stays, since a fold that a further page made larger may be far away.
 */
export function heirOf(id: string, before: Layout, now: Layout): string | undefined {
  const from = before.placeOf.get(id);
  const own = from === undefined ? undefined : before.items[from];
  if (from === undefined || own?.id !== id || itemOf(now, id)?.id === id) return undefined;
  if (own.kind === 'row' && own.isMember) return itemOf(now, id)?.id;
  const stays = (item: Item) => item.kind === 'row' && itemOf(now, item.id)?.id === item.id;
  return (before.items.slice(from + 1).find(stays) ?? before.items.slice(0, from).findLast(stays))?.id;
}
