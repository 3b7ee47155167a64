import type { Source } from '../connector.js';

const longestMs = 24 * 60 * 60 * 1000;
const whenUnclearMs = 60_000;

/** A source's interval as it is right now, in milliseconds. It may be computed, and a slip in that must not end it. */
export function intervalMs(source: Pick<Source, 'intervalSeconds'>): number {
  const ms = source.intervalSeconds * 1000;
  return Number.isNaN(ms) ? whenUnclearMs : Math.min(Math.max(0, ms), longestMs);
}
