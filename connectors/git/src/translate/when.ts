import type { Observation } from './facts.js';

/** When something happened, as an event says it. */
export interface When {
  timestamp: string;
  time_precision: 'exact' | 'gap';
}

/** Clocks differ by this much without anybody being wrong. */
const skewSeconds = 2;
const commitSkewSeconds = 3_600;

function secondsOf(instant: string): number {
  return Date.parse(instant) / 1_000;
}

/** Seconds since 1970 as RFC 3339, or null where no calendar has them. */
export function instantOf(seconds: number): string | null {
  const valid = Number.isFinite(seconds) && seconds >= 0 && seconds < 253_402_300_800;
  return valid ? new Date(seconds * 1_000).toISOString() : null;
}

/** Only the stretch between two looks is known. */
export function between(observation: Observation): When {
  return { timestamp: observation.at, time_precision: 'gap' };
}

/** A commit's own date, unless it lies in the future: then all that is known is that it was seen now. */
export function whenCommitted(seconds: number, observation: Observation): When {
  const timestamp = instantOf(seconds);
  if (timestamp === null || seconds > secondsOf(observation.at) + commitSkewSeconds)
    return between(observation);
  return { timestamp, time_precision: 'exact' };
}

/**
 * An instant that git has noted beside the move. It is believed only within the two looks that the move was
 * found between, since whoever moves a ref may set that clock; at the first look anything past is.
 */
export function whenNoted(seconds: number, observation: Observation): When {
  const timestamp = instantOf(seconds);
  const from = observation.since === null ? 0 : secondsOf(observation.since) - skewSeconds;
  const to = secondsOf(observation.at) + skewSeconds;
  return timestamp === null || seconds < from || seconds > to
    ? between(observation)
    : { timestamp, time_precision: 'exact' };
}
