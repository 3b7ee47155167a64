import { parse } from 'chrono-node/en';
import type { TimeRange } from '../../address/time-range.js';
import type { Zone } from '../../components/clock.js';

/** A stretch of time in words: `last tuesday at noon`, `20 november 10:00 to 11:00`. */
export function readWords(text: string, now: number, zone: Zone): TimeRange | undefined {
  const given = text.trim();
  // Without an offset each day has its own.
  const [found] = parse(given, { instant: new Date(now), ...(zone === 'utc' && { timezone: 0 }) });
  // What is understood in part is not what was meant.
  if (!found || found.text.length !== given.length) return undefined;
  const [from, to] = [found.start.date(), found.end?.date()];
  if (Number.isNaN(from.getTime()) || (to && !(to > from))) return undefined;
  return { from: from.toISOString(), ...(to && { to: to.toISOString() }) };
}
