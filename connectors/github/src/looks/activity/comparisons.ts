import { SourceError } from '@painchain/connector-sdk';
import { type Activity, isComparable } from '../../translate/push.js';
import type { Round } from '../look.js';

/** What GitHub says of a difference that it can't make, or not in time. */
const failures = new Set(['github-failing', 'github-timeout']);

/** For so long a failure counts as one that passes. */
const patienceMs = 15 * 60_000;

/**
 * Whether to go on without a comparison. Most failures pass, and what an event says shall not depend on luck; but a
 * difference may be too large for GitHub to make, and must not hold up all pushes behind it for ever.
 */
function isHopeless(error: unknown, { timestamp }: Activity, { github }: Round): boolean {
  if (!(error instanceof SourceError)) return false;
  if (error.code === 'answer-too-large') return true;
  return failures.has(error.code) && github.now() - Date.parse(timestamp) > patienceMs;
}

/** What lies between the two ends of a push; null where that isn't to be had, or there is no push. */
export async function compare(activity: Activity, round: Round): Promise<unknown> {
  const { before, after } = activity;
  if (!isComparable(activity)) return null;
  try {
    const { github, path, signal } = round;
    const reading = await github.find(`${path}/compare/${before}...${after}`, { signal });
    return reading?.unchanged === false ? reading.json : null;
  } catch (error) {
    if (!isHopeless(error, activity, round)) throw error;
    round.log.warn({ after, err: error }, 'a push is told without its commits');
    return null;
  }
}
