import type { TimelineRow } from '@painchain/contract';
import type { Grouping } from '../../address/home-search.js';
import type { Zone } from '../../components/clock.js';
import { factsOf } from './fold/row-facts.js';
import { foldRows, type Unit } from './fold/fold-rows.js';
import { runsOf, type Section } from './sections.js';

/** What a row stands for when it stands for several. */
export type Fold = {
  /** Newest first; the first is the row that is seen. */
  rows: Unit;
  isOpen: boolean;
  fromMs: number;
  toMs: number;
  /** How many connectors told the events. */
  sources: number;
};

/** What stands in the grid, all of one height. */
export type Item =
  | { kind: 'heading'; id: string; section: Section }
  | { kind: 'row'; id: string; row: TimelineRow; fold: Fold | undefined; isMember: boolean }
  | { kind: 'end'; id: 'end' };

export type Layout = {
  items: readonly Item[];
  /** Where each row is to be found: at its own item, or at that of the fold that holds it. */
  placeOf: ReadonlyMap<string, number>;
  /** The places of the headings. */
  headings: readonly number[];
};

export type Arrangement = {
  grouping: Grouping;
  zone: Zone;
  isFolded: boolean;
  /** Ids of rows whose folds are open. Any member keeps a fold open, so it stays so whatever joins or leaves it. */
  open: ReadonlySet<string>;
  /** Rows that came in while somebody reads: they fold among themselves, so that no fold that is there moves. */
  fresh: ReadonlySet<string>;
  /** Nothing comes after the last row. */
  isWhole: boolean;
};

/** Lays out rows in their order: under headings, in folds, and these with their members below where they are open. */
export function layOut(rows: readonly TimelineRow[], how: Arrangement): Layout {
  const items: Item[] = [];
  const placeOf = new Map<string, number>();
  const headings: number[] = [];
  for (const { section, rows: mine } of runsOf(rows, how.grouping, how.zone)) {
    if (section.kind !== 'none') {
      headings.push(items.length);
      items.push({ kind: 'heading', id: section.id, section });
    }
    for (const unit of how.isFolded ? unitsOf(mine, how.fresh) : mine.map((row): Unit => [row])) {
      place(unit, how.open, items, placeOf);
    }
  }
  if (how.isWhole && items.length > 0) items.push({ kind: 'end', id: 'end' });
  return { items, placeOf, headings };
}

function place(unit: Unit, open: ReadonlySet<string>, items: Item[], placeOf: Map<string, number>): void {
  const [row, ...others] = unit;
  const fold = others.length === 0 ? undefined : foldOf(unit, open);
  for (const { id } of unit) placeOf.set(id, items.length);
  items.push({ kind: 'row', id: row.id, row, fold, isMember: false });
  if (!fold?.isOpen) return;
  for (const member of others) {
    placeOf.set(member.id, items.length);
    items.push({ kind: 'row', id: member.id, row: member, fold: undefined, isMember: true });
  }
}

function foldOf(rows: Unit, open: ReadonlySet<string>): Fold {
  return {
    rows,
    isOpen: open.size > 0 && rows.some(({ id }) => open.has(id)),
    fromMs: factsOf(rows.at(-1) ?? rows[0]).atMs,
    toMs: factsOf(rows[0]).atMs,
    sources: new Set(rows.map(({ connector }) => connector)).size,
  };
}

function unitsOf(rows: readonly TimelineRow[], fresh: ReadonlySet<string>): Unit[] {
  if (fresh.size === 0) return foldRows(rows);
  const settled = foldRows(rows.filter(({ id }) => !fresh.has(id)));
  const late = foldRows(rows.filter(({ id }) => fresh.has(id)));
  const order = new Map(rows.map(({ id }, index) => [id, index]));
  const orderOf = ([head]: Unit) => order.get(head.id) ?? 0;
  return [...late, ...settled].sort((one, other) => orderOf(one) - orderOf(other));
}

/** Opens or closes the fold of these rows. */
export function toggled(open: ReadonlySet<string>, { rows, isOpen }: Fold): ReadonlySet<string> {
  const next = new Set(open);
  for (const { id } of rows) {
    if (isOpen) next.delete(id);
    else next.add(id);
  }
  return next;
}
