import type { TimelineRow } from '@painchain/contract';
import { factsOf } from './row-facts.js';

/** Neighbours in a burst are no further apart than this. */
const burstGapMs = 5 * 60_000;

/** Rows that stand as one, newest first: the first is the one that is seen. One row alone is a unit, too. */
export type Unit = readonly [TimelineRow, ...TimelineRow[]];

/**
 * Folds rows of one section, which are newest first. Every row is in exactly one unit, and units stand in the order
 * of their first rows. It is a function of the rows alone: how they came, in which pages or live, plays no part.
 *
 * 1. The events of one subject stand at the latest of them, with its state. Several connectors may have told them.
 *    An event that is bad never goes under one that isn't: a run that failed and then passed is two rows.
 * 2. A burst is a run of neighbours of one connector, project, status and (subject or pattern of title), none more
 *    than five minutes from the next. Its status is part of that, so no failure hides among successes.
 */
export function foldRows(rows: readonly TimelineRow[]): Unit[] {
  return burstsOf(subjectsOf(rows));
}

type Growing = [TimelineRow, ...TimelineRow[]];

function subjectsOf(rows: readonly TimelineRow[]): Growing[] {
  const units: Growing[] = [];
  const latest = new Map<string, Growing>();
  for (const row of rows) {
    const unit = row.subject === null ? undefined : latest.get(row.subject);
    if (unit && (factsOf(unit[0]).isBad || !factsOf(row).isBad)) {
      unit.push(row);
      continue;
    }
    const alone: Growing = [row];
    units.push(alone);
    if (row.subject !== null && !unit) latest.set(row.subject, alone);
  }
  return units;
}

function burstsOf(units: readonly Growing[]): Unit[] {
  const bursts: Growing[] = [];
  let burst: Growing | undefined;
  let lastMs = 0;
  const joined = new Set<Growing>();
  for (const unit of units) {
    const atMs = factsOf(unit[0]).atMs;
    if (burst && lastMs - atMs <= burstGapMs && isOfOneKind(burst[0], unit[0])) {
      burst.push(...unit);
      joined.add(burst);
    } else {
      burst = unit;
      bursts.push(burst);
    }
    lastMs = atMs;
  }
  for (const each of joined) each.sort(newestFirst);
  return bursts;
}

function isOfOneKind(one: TimelineRow, other: TimelineRow): boolean {
  return (
    one.status === other.status &&
    one.connector === other.connector &&
    one.project === other.project &&
    ((one.subject !== null && one.subject === other.subject) ||
      factsOf(one).template === factsOf(other).template)
  );
}

/** The members of subjects that became a burst lie in each other's time. Stable: of one instant the order stays. */
function newestFirst(one: TimelineRow, other: TimelineRow): number {
  return one.timestamp < other.timestamp ? 1 : one.timestamp > other.timestamp ? -1 : 0;
}
