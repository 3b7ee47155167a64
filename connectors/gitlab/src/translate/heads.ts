import { z } from 'zod';
import { Instant, Sha } from './payload.js';

/** An entry of the list at `/versions`, newest first: what was proposed at some time. */
const Version = z.object({ head_commit_sha: Sha, created_at: Instant });

/** A head that a merge request has had. */
export interface Head {
  sha: string;
  /** Since when. */
  at: string;
}

/** The heads that a merge request has had, the oldest first; undefined where that isn't said. */
export function readHeads(payload: unknown): Head[] | undefined {
  const { data } = z.array(Version).safeParse(payload);
  if (!data) return undefined;
  const heads = data.reverse().map(({ head_commit_sha: sha, created_at: at }) => ({ sha, at }));
  // Another target makes another version, too.
  return heads.filter(({ sha }, index) => sha !== heads[index - 1]?.sha);
}
