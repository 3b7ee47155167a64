import { ChevronDown, ChevronUp } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import { columnName, standardColumns } from './columns.js';
import { sortedAs } from './order.js';

type Props = {
  search: HomeSearch;
  added: readonly string[];
  onSort(field: string): void;
  /** The reader goes from the heads down to the rows. */
  onDown(): void;
};

/** The heads of the columns. They are reached from the first row, so that the grid has one tab stop. */
export function HeaderRow({ search, added, onSort, onDown }: Props) {
  const columns = [
    ...standardColumns,
    ...added.map((field) => ({ id: 'added', name: columnName(field), field })),
  ];
  return (
    <div role="row" aria-rowindex={1} className="row row-head" onKeyDown={(event) => moveHead(event, onDown)}>
      {columns.map(({ id, name, field }, index) => {
        const sorted = sortedAs(field, search);
        return (
          <span
            key={field}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={sorted ?? 'none'}
            className={`cell-${id}`}
          >
            <button
              type="button"
              tabIndex={-1}
              className="head-button"
              title={`Sort by ${field}`}
              onClick={() => onSort(field)}
            >
              {id === 'status' ? <span className="sr-only">{name}</span> : <bdi>{name}</bdi>}
              {sorted === 'ascending' && <ChevronUp size={12} aria-hidden="true" />}
              {sorted === 'descending' && <ChevronDown size={12} aria-hidden="true" />}
            </button>
          </span>
        );
      })}
      <span role="columnheader" aria-colindex={columns.length + 1} className="cell-count">
        <span className="sr-only">Events</span>
      </span>
    </div>
  );
}

function moveHead(event: KeyboardEvent<HTMLElement>, onDown: () => void): void {
  const heads = [...event.currentTarget.querySelectorAll<HTMLElement>('.head-button')];
  const at = heads.indexOf(event.target as HTMLElement);
  if (event.key === 'ArrowDown') onDown();
  else if (event.key === 'ArrowRight') heads[at + 1]?.focus();
  else if (event.key === 'ArrowLeft') heads[at - 1]?.focus();
  else return;
  event.preventDefault();
}
