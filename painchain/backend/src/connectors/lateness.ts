import { heartbeatSeconds } from './timing.js';

/** Behind its schedule by more of its own intervals than this, a source is late; than that, as good as blind. */
export const lateAfter = 1;
export const blindAfter = 2;

/** When something is to be heard of again, and how much time there is between two times; in milliseconds. */
export interface Schedule {
  dueMs: number;
  intervalMs: number;
}

/** How many of its own intervals something is behind its schedule; negative when it isn't due yet. */
export function missedIntervals({ dueMs, intervalMs }: Schedule, nowMs: number): number {
  // Nothing is heard of more often than a connector tells of itself.
  return (nowMs - dueMs) / Math.max(intervalMs, heartbeatSeconds * 1_000);
}

/** A source that says no schedule of its own, such as a watch, is heard of at least this often. */
export const unscheduledSeconds = 60;

/** What a connector promises with each heartbeat: the next one. */
export function heartbeatSchedule(lastMs: number): Schedule {
  const intervalMs = heartbeatSeconds * 1_000;
  return { dueMs: lastMs + intervalMs, intervalMs };
}
