import type { TimelineRow } from '@painchain/contract';
import type { RefObject } from 'react';
import { useCommands } from '../../components/commands.js';
import type { HomeSearch } from '../../address/home-search.js';
import type { GridHandle } from './timeline-grid.js';
import type { HomeChange } from '../../address/use-home.js';

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
export function useActiveRow({ rows, search, change, activeId, setActiveId, grid, narrow }: Options): void {
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
  const open = activeId ?? search.e;
  useCommands([
    { id: 'older', title: 'Next (older) event', section: 'Timeline', keys: ['j', 'ArrowDown'], run: older },
    { id: 'newer', title: 'Previous (newer) event', section: 'Timeline', keys: ['k', 'ArrowUp'], run: newer },
    { id: 'newest', title: 'Newest event', section: 'Timeline', keys: ['Home'], run: () => go(() => 0) },
    {
      id: 'oldest',
      title: 'Oldest loaded event',
      section: 'Timeline',
      keys: ['End'],
      run: () => go(() => rows.length - 1),
    },
    {
      id: 'open',
      title: 'Open the event',
      section: 'Timeline',
      keys: ['Enter'],
      run: activeId === undefined ? undefined : () => change.open(activeId),
    },
    {
      id: 'close',
      title: 'Close the event',
      section: 'Event',
      keys: ['Escape'],
      run: () => {
        if (search.e !== undefined) change.close();
        setActiveId(undefined);
        if (open !== undefined) grid.current?.focusRow(open);
      },
    },
  ]);
}
