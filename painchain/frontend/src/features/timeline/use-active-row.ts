import type { TimelineRow } from '@painchain/contract';
import type { RefObject } from 'react';
import type { Hotkeys } from '../../components/use-hotkeys.js';
import type { HomeSearch } from './search.js';
import type { GridHandle } from './timeline-grid.js';
import type { HomeChange } from './use-home-search.js';

type Options = {
  rows: TimelineRow[];
  search: HomeSearch;
  change: HomeChange;
  activeId: string | undefined;
  setActiveId(id: string | undefined): void;
  grid: RefObject<GridHandle | null>;
  narrow: boolean;
};

/** The keys that go from row to row. With the panel open it follows. */
export function useActiveRow({
  rows,
  search,
  change,
  activeId,
  setActiveId,
  grid,
  narrow,
}: Options): Hotkeys {
  const go = (to: (at: number) => number) => {
    const at = rows.findIndex((row) => row.id === (activeId ?? search.e));
    const row = rows[Math.min(rows.length - 1, Math.max(0, to(at)))];
    if (!row) return;
    setActiveId(row.id);
    if (search.e !== undefined) change.open(row.id);
    // A sheet over the page holds the focus.
    if (!(narrow && search.e !== undefined)) grid.current?.focusRow(row.id);
  };
  const older = () => go((at) => at + 1);
  const newer = () => go((at) => at - 1);
  return {
    j: older,
    ArrowDown: older,
    k: newer,
    ArrowUp: newer,
    Home: () => go(() => 0),
    End: () => go(() => rows.length - 1),
    Enter: () => {
      if (activeId !== undefined) change.open(activeId);
    },
    Escape: () => {
      if (search.e !== undefined) change.close();
      const back = activeId ?? search.e;
      setActiveId(undefined);
      if (back !== undefined) grid.current?.focusRow(back);
    },
  };
}
