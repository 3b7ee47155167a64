import type { TimelineRow } from '@painchain/contract';
import type { Zone } from '../../components/clock.js';
import { startOfDay } from '../../address/time-range.js';

/** What stands in the grid: rows, and a line above each day. */
export type Item =
  { kind: 'row'; id: string; row: TimelineRow } | { kind: 'day'; id: string; startMs: number };

/** Rows with their days; `rows` are newest first. */
export function itemsOf(rows: TimelineRow[], zone: Zone): Item[] {
  const items: Item[] = [];
  let day = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const at = Date.parse(row.timestamp);
    if (at < day) {
      day = startOfDay(at, zone, 0);
      items.push({ kind: 'day', id: `day ${day}`, startMs: day });
    }
    items.push({ kind: 'row', id: row.id, row });
  }
  return items;
}
