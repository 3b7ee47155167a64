import type { TimelineRow } from '@painchain/contract';
import type { Grouping } from '../../address/home-search.js';
import { startOfDay } from '../../address/time-range.js';
import type { Zone } from '../../components/clock.js';
import { factsOf } from './fold/row-facts.js';

/** What rows stand under: a day of the zone that is shown, or a value that they have in common. */
export type Section =
  | { kind: 'day'; id: string; startMs: number }
  | { kind: 'project' | 'connector'; id: string; value: string }
  | { kind: 'none'; id: '' };

const whole: Section = { kind: 'none', id: '' };

/** A run of rows of one section. */
export type Run = { section: Section; rows: TimelineRow[] };

/** Parts rows, in whatever order they are, where one section ends and another begins. */
export function runsOf(rows: readonly TimelineRow[], grouping: Grouping, zone: Zone): Run[] {
  const sectionOf = sectioning(grouping, zone);
  const runs: Run[] = [];
  let run: Run | undefined;
  for (const row of rows) {
    const section = sectionOf(row);
    if (run?.section.id !== section.id) runs.push((run = { section, rows: [] }));
    run.rows.push(row);
  }
  return runs;
}

function sectioning(grouping: Grouping, zone: Zone): (row: TimelineRow) => Section {
  if (grouping === 'none') return () => whole;
  if (grouping === 'day') return dayOf(zone);
  return (row) => ({ kind: grouping, id: `${grouping} ${row[grouping]}`, value: row[grouping] });
}

/** Days that were found are remembered: a day of the calendar is dear, and most neighbours share theirs. */
function dayOf(zone: Zone): (row: TimelineRow) => Section {
  let day: Section = whole;
  let [startMs, endMs] = [0, 0];
  return (row) => {
    const { atMs } = factsOf(row);
    if (atMs < startMs || atMs >= endMs) {
      startMs = startOfDay(atMs, zone, 0);
      endMs = startOfDay(atMs, zone, -1);
      day = { kind: 'day', id: `day ${startMs}`, startMs };
    }
    return day;
  };
}
