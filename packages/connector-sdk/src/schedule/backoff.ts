const firstMs = 1_000;
const longestMs = 60_000;

/**
 * How long to wait before try number `attempt` (0 is the first repetition): anything between nothing and a bound
 * that doubles from 1 s to 60 s. Full jitter, so that a thousand connectors that lost the same backend don't
 * all come back at once.
 */
export function fullJitter(attempt: number, random: () => number): number {
  return random() * Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
}
