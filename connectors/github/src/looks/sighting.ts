import type { Sighting } from '../translate/facts.js';
import type { Round } from './look.js';

type Times = Pick<Round, 'started' | 'beginning' | 'before' | 'at'>;

/** How a fact of this instant (RFC 3339) is seen: what is from before the first look is the past. */
export function sightingAt(instant: string, { started }: Times): Sighting {
  return Date.parse(instant) < Date.parse(started) ? { backfill: true } : {};
}

/** How a fact is seen that shows as a difference only: it lies between the round before and this one. */
export function sightingBetween({ before, at }: Times): Sighting {
  return { between: { from: before, to: at } };
}

/** Whether it lies far enough back that nobody is told of it. */
export function isTooOld(instant: string, { beginning }: Times): boolean {
  return Date.parse(instant) < Date.parse(beginning);
}
