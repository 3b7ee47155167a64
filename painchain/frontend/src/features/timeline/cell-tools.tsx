import { readField } from '@painchain/query';
import { Ban, ListFilter } from 'lucide-react';
import { type Ref, useImperativeHandle, useState } from 'react';
import { excluded, only } from '../../address/conditions.js';
import type { HomeChange } from '../../address/use-home.js';

/** A value that lies under the pointer, and where its tools go. */
export type ToolsPlace = { field: string; value: string; top: number; right: number };

export type CellToolsHandle = { show(place: ToolsPlace | undefined): void };

/** Makes a condition of a value: only those that have it, or those that don't. */
export function filterBy(change: HomeChange, name: string, value: string, isExcluded: boolean): void {
  const field = readField(name);
  if (field) change.edit((isExcluded ? excluded : only)(field, value));
}

/**
 * The tools of the value under the pointer: one pair for the whole grid, which moves from cell to cell, since thousands
 * of buttons that nobody sees would make every row dear. With the keyboard the same is `i` and `e`.
 */
export function CellTools({ change, ref }: { change: HomeChange; ref: Ref<CellToolsHandle> }) {
  const [place, setPlace] = useState<ToolsPlace>();
  useImperativeHandle(ref, () => ({ show: setPlace }), []);
  if (!place) return null;
  const { field, value, top, right } = place;
  const filter = (isExcluded: boolean) => {
    setPlace(undefined);
    filterBy(change, field, value, isExcluded);
  };
  const what = `${field}: ${value}`;
  return (
    <div className="cell-tools" style={{ top, right }}>
      <button
        type="button"
        tabIndex={-1}
        className="cell-tool"
        aria-label={`Only ${what}`}
        title={`Only ${what} (Alt: without)`}
        onClick={(event) => filter(event.altKey)}
      >
        <ListFilter size={13} aria-hidden="true" />
      </button>
      <button
        type="button"
        tabIndex={-1}
        className="cell-tool"
        aria-label={`Without ${what}`}
        title={`Without ${what}`}
        onClick={() => filter(true)}
      >
        <Ban size={13} aria-hidden="true" />
      </button>
    </div>
  );
}
