import type { TimelineRow } from '@painchain/contract';
import type { RefObject } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { copyText } from '../../components/copy-button.js';
import type { VirtualRowsHandle } from '../../components/virtual-rows.js';
import { type Command, useCommands } from '../../components/commands.js';
import { filterBy } from './cell-tools.js';
import { filterValue } from './columns.js';
import type { Layout } from './items.js';
import { focusedField, moveCell } from './use-grid-focus.js';
import { itemOf, rowFrom } from './use-layout.js';

type Options = {
  layout: Layout;
  search: HomeSearch;
  change: HomeChange;
  /** The row that had the focus last. */
  currentId: string | undefined;
  grid: RefObject<HTMLElement | null>;
  list: RefObject<VirtualRowsHandle | null>;
  /** A sheet over the page holds the focus. */
  isCovered: boolean;
  focusRow(id: string): void;
  toggle(id: string): void;
  onCopied(): void;
};

/** What the keys do with the row, or the cell, that has the focus. With the panel open it follows. */
export function useRowCommands(options: Options): void {
  const { layout, search, change, grid, toggle } = options;
  const item = itemOf(layout, options.currentId ?? search.e);
  const row = item?.kind === 'row' ? item.row : undefined;
  const at = row ? (layout.placeOf.get(row.id) ?? -1) : -1;
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    if (search.e !== undefined) change.open(id);
    if (!options.isCovered) options.focusRow(id);
  };
  const goFar = (direction: 1 | -1) => {
    const to = at + direction * (options.list.current?.itemsOfScreen() ?? 1);
    const within = Math.min(Math.max(to, 0), layout.items.length - 1);
    go(rowFrom(layout, within, direction === 1 ? -1 : 1));
  };
  const filter = (isExcluded: boolean) =>
    row ? () => filterFocused(grid.current, row, change, isExcluded) : undefined;
  const withRow = (run: (row: TimelineRow) => void) => (row ? () => run(row) : undefined);
  useCommands([
    command('older', 'Next (older) event', ['j', 'ArrowDown'], () => go(rowFrom(layout, at + 1, 1))),
    command('newer', 'Previous (newer) event', ['k', 'ArrowUp'], () => go(rowFrom(layout, at - 1, -1))),
    command('page-older', 'A screen on', ['PageDown'], () => goFar(1)),
    command('page-newer', 'A screen back', ['PageUp'], () => goFar(-1)),
    command('newest', 'Newest loaded event', ['Home'], () => go(rowFrom(layout, 0, 1))),
    command('oldest', 'Oldest loaded event', ['End'], () => go(rowFrom(layout, layout.items.length - 1, -1))),
    command(
      'open',
      'Open the event',
      ['Enter'],
      withRow(({ id }) => change.open(id)),
    ),
    command(
      'unfold',
      'Show or fold what the row stands for',
      ['x'],
      withRow(({ id }) => toggle(id)),
    ),
    command(
      'include',
      'Only events with the value of the cell, or the project of the row',
      ['i'],
      filter(false),
    ),
    command(
      'exclude',
      'Without events that have the value of the cell, or the project of the row',
      ['e'],
      filter(true),
    ),
    command(
      'around',
      'What happened around the event',
      ['a'],
      withRow((it) => change.around(it.timestamp)),
    ),
    command(
      'related',
      'What the event hangs together with',
      ['r'],
      withRow(({ id }) => change.set({ e: id, tab: 'related' })),
    ),
    command(
      'copy-link',
      'Copy a link to the event',
      ['c'],
      withRow(({ id }) => void copyLink(id, options.onCopied)),
    ),
    command('next-cell', 'Next cell of the row', ['ArrowRight'], () => moveCell(grid.current, 1)),
    command('previous-cell', 'Previous cell of the row', ['ArrowLeft'], () => moveCell(grid.current, -1)),
  ]);
}

function command(id: string, title: string, keys: string[], run: Command['run']): Command {
  return { id, title, section: 'Timeline', keys, run };
}

function filterFocused(
  grid: HTMLElement | null,
  row: TimelineRow,
  change: HomeChange,
  isExcluded: boolean,
): void {
  const field = focusedField(grid) ?? 'project';
  const value = filterValue(row, field);
  if (value !== undefined) filterBy(change, field, value, isExcluded);
}

async function copyLink(id: string, onCopied: () => void): Promise<void> {
  if (await copyText(`${location.origin}/home?e=${id}`)) onCopied();
}
