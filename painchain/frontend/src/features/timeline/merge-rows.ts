import type { TimelineRow } from '@painchain/contract';

/**
 * Instants are UTC with microseconds and of one length, so their text sorts as they do; JS dates would drop the
 * microseconds.
 */
export function isNewer(one: TimelineRow, other: TimelineRow): boolean {
  return one.timestamp > other.timestamp;
}

/**
 * Rows of pages and of the live tail as one list, newest first, each once. `pages` is sorted already; `tail` is in
 * the order of arrival, so of two equal instants the later arrival comes first, as on a page.
 *
 * While pages are still to come at an end, a tail's row beyond the last loaded one there is left out: its page will
 * bring it, and until then it would stand as if nothing lay between.
 */
export function mergeRows(
  pages: TimelineRow[],
  tail: TimelineRow[],
  moreBelow: boolean,
  moreAbove = false,
): TimelineRow[] {
  const known = new Set<string>();
  const rows = pages.filter((row) => !known.has(row.id) && known.add(row.id));
  const oldest = rows.at(-1);
  const newest = rows[0];
  const fresh: TimelineRow[] = [];
  for (const row of tail) {
    if (known.has(row.id)) continue;
    known.add(row.id);
    if (moreBelow && oldest && isNewer(oldest, row)) continue;
    if (moreAbove && newest && isNewer(row, newest)) continue;
    fresh.push(row);
  }
  if (fresh.length === 0) return rows;
  // A stable sort of the reversed arrivals keeps the latest arrival of an instant on top.
  fresh.reverse().sort((one, other) => (isNewer(one, other) ? -1 : isNewer(other, one) ? 1 : 0));
  return interleave(rows, fresh);
}

function interleave(rows: TimelineRow[], fresh: TimelineRow[]): TimelineRow[] {
  const merged: TimelineRow[] = [];
  let next = 0;
  for (const row of rows) {
    for (let one = fresh[next]; one && !isNewer(row, one); one = fresh[next]) {
      merged.push(one);
      next += 1;
    }
    merged.push(row);
  }
  return [...merged, ...fresh.slice(next)];
}

/** True when the row falls into the bounds; the stream knows filters, but no time. */
export function isWithin(row: TimelineRow, bounds: { fromMs?: number; toMs?: number }): boolean {
  const at = Date.parse(row.timestamp);
  return (
    (bounds.fromMs === undefined || at >= bounds.fromMs) && (bounds.toMs === undefined || at < bounds.toMs)
  );
}

/** Without the rows at the end that are older than a range which moves on with the clock. */
export function withoutAged(rows: TimelineRow[], fromMs: number): TimelineRow[] {
  let end = rows.length;
  for (let last = rows[end - 1]; last && Date.parse(last.timestamp) < fromMs; last = rows[end - 1]) end -= 1;
  return end === rows.length ? rows : rows.slice(0, end);
}
