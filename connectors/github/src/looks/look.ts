import type { Collect } from '@painchain/connector-sdk';
import type { Look as LookOf, RoundTimes } from '@painchain/connector-sdk/rounds';
import type { GitHub } from '../api/github.js';
import type { EventKind } from '../config.js';
import type { RepositoryFacts } from '../translate/facts.js';

export type { Found } from '@painchain/connector-sdk/rounds';

/** One round of looks at a repository, and what they share. */
export interface Round extends RoundTimes, Pick<Collect, 'take' | 'progress' | 'log' | 'signal'> {
  github: GitHub;
  repository: RepositoryFacts;
  /** `/repos/{owner}/{repo}`, under which all of the repository is asked. */
  path: string;
  /** Whether a branch, by its name without `refs/heads/`, is to be watched. */
  watches(branch: string): boolean;
  /** Whether a word stands under `events:`, for a look that serves more than one of them. */
  collects(kind: EventKind): boolean;
}

/** One kind of request by which changes of a repository are found. */
export type Look<State> = LookOf<Round, EventKind, State>;

/** Gives a look its types, nothing else. */
export function defineLook<State>(look: Look<State>): Look<State> {
  return look;
}
