import type { Sighting } from '../wording/sighting.js';
import type { RoundTimes } from './look.js';

/** How a fact of this instant (RFC 3339) is seen: what is from before the first look is the past. */
export function sightingAt(instant: string, { started }: Pick<RoundTimes, 'started'>): Sighting {
  return Date.parse(instant) < Date.parse(started) ? { backfill: true } : {};
}

/** How a fact is seen that shows as a difference only: it lies between the round before and this one. */
export function sightingBetween({ before, at }: Pick<RoundTimes, 'before' | 'at'>): Sighting {
  return { between: { from: before, to: at } };
}

/** Whether it lies far enough back that nobody is told of it. */
export function isTooOld(instant: string, { beginning }: Pick<RoundTimes, 'beginning'>): boolean {
  return Date.parse(instant) < Date.parse(beginning);
}
