import { SourceError } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type Ways, isForward } from '../../translate/comparison.js';
import { Sha } from '../../translate/payload.js';
import { type RefMove, isComparable } from '../../translate/push.js';
import type { Round } from '../look.js';

/** What GitLab says of a difference that it can't make, or not in time. */
const failures = new Set(['gitlab-failing', 'gitlab-timeout']);

/** For so long a failure counts as one that passes. */
const patienceMs = 15 * 60_000;

/**
 * Whether to go on without a comparison. Most failures pass, and what an event says shall not depend on luck; but a
 * difference may be too large for GitLab to make, and must not hold up all pushes behind it for ever.
 */
function isHopeless(error: unknown, since: string, { gitlab }: Round): boolean {
  if (!(error instanceof SourceError)) return false;
  if (error.code === 'answer-too-large') return true;
  return failures.has(error.code) && gitlab.now() - Date.parse(since) > patienceMs;
}

async function ask({ gitlab, path, signal }: Round, from: string, to: string): Promise<unknown> {
  const reading = await gitlab.find(`${path}/repository/compare?from=${from}&to=${to}`, { signal });
  return reading?.unchanged === false ? reading.json : null;
}

/**
 * What lies between the two ends of a branch's move, and what it has lost where it isn't simply further; null where
 * that isn't to be had. `since` is when it happened, or was seen.
 */
export async function waysOf(move: RefMove, since: string, round: Round): Promise<Ways | null> {
  const { before, after } = move;
  if (!isComparable(move)) return null;
  try {
    const forward = await ask(round, before, after);
    if (forward === null) return null;
    const backward = isForward(forward, before) === true ? null : await ask(round, after, before);
    return { forward, backward };
  } catch (error) {
    if (!isHopeless(error, since, round)) throw error;
    round.log.warn({ after, err: error }, 'a push is told without its commits');
    return null;
  }
}

const Commit = z.object({ id: Sha });

/** All digits of a commit, of which only the first are remembered; as it is where nobody knows it any more. */
export async function wholeSha(sha: string, { gitlab, path, signal }: Round): Promise<string> {
  if (sha.length >= 40) return sha;
  const reading = await gitlab.find(`${path}/repository/commits/${sha}`, { signal });
  const { data } = Commit.safeParse(reading?.unchanged === false ? reading.json : undefined);
  return data?.id.startsWith(sha) ? data.id : sha;
}
