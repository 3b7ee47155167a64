import { Columns3 } from 'lucide-react';
import { lazy, useRef } from 'react';
import { type HomeSearch, groupings } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { useCommands } from '../../components/commands.js';
import { PopupButton } from '../../components/popup.js';
import { groupedBy, orderOf } from './order.js';

const ColumnPanel = lazy(() =>
  import('./column-panel.js').then((module) => ({ default: module.ColumnPanel })),
);

type Props = { search: HomeSearch; change: HomeChange };

/** How the rows are laid out: grouped, folded, and with which columns. */
export function ArrangeBar({ search, change }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const isWanted = search.fold !== 'off';
  const { isFolded } = orderOf(search);
  const fold = () => change.set({ fold: isWanted ? 'off' : undefined });
  useCommands([
    { id: 'fold', title: 'Fold repeats, or show each by itself', section: 'View', run: fold },
    { id: 'columns', title: 'Columns and layout', section: 'View', run: () => button.current?.click() },
  ]);
  return (
    <>
      <label className="count-button max-md:hidden">
        <span className="sr-only">Group by</span>
        <select
          className="h-full bg-transparent"
          value={search.group ?? 'day'}
          onChange={(event) => change.set(groupedBy(event.target.value))}
        >
          {groupings.map((grouping) => (
            <option key={grouping} value={grouping}>
              {grouping === 'none' ? 'No groups' : `By ${grouping}`}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={classNames('count-button', 'max-md:hidden', isFolded && 'count-button-on')}
        aria-pressed={isWanted}
        disabled={isWanted && !isFolded}
        title={
          isWanted && !isFolded
            ? 'Rows fold where the newest come first'
            : 'One row for repeats within minutes, and one for the states of a subject'
        }
        onClick={fold}
      >
        Fold
      </button>
      <PopupButton
        title="Columns and layout"
        className="count-button"
        buttonRef={button}
        label={
          <>
            <Columns3 size={14} aria-hidden="true" />
            <span className="max-md:sr-only">Columns</span>
            {search.cols && <span className="count-badge">{search.cols.length}</span>}
          </>
        }
      >
        {() => <ColumnPanel search={search} change={change} />}
      </PopupButton>
    </>
  );
}
