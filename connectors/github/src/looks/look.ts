import type { Look as LookOf, RoundOf } from '@painchain/connector-sdk/rounds';
import type { GitHub } from '../api/github.js';
import type { EventKind } from '../config.js';
import type { RepositoryFacts } from '../translate/facts.js';

export type { Found } from '@painchain/connector-sdk/rounds';

/** What looks at a repository share, beside what looks of all connectors do. */
export interface AtRepository {
  github: GitHub;
  repository: RepositoryFacts;
  /** `/repos/{owner}/{repo}`, under which all of the repository is asked. */
  path: string;
}

/** One round of looks at a repository, and what they share. */
export type Round = RoundOf<AtRepository, EventKind>;

/** One kind of request by which changes of a repository are found. */
export type Look<State> = LookOf<Round, EventKind, State>;

/** Gives a look its types, nothing else. */
export function defineLook<State>(look: Look<State>): Look<State> {
  return look;
}
