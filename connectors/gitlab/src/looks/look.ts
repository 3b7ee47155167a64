import type { Look as LookOf, RoundOf } from '@painchain/connector-sdk/rounds';
import type { GitLab } from '../api/gitlab.js';
import type { EventKind } from '../config.js';
import type { ProjectFacts } from '../translate/facts.js';

/** What looks at a project share, beside what looks of all connectors do. */
export interface AtProject {
  gitlab: GitLab;
  project: ProjectFacts;
  /** `/projects/{id}`, under which all of the project is asked. */
  path: string;
}

/** One round of looks at a project, and what they share. */
export type Round = RoundOf<AtProject, EventKind>;

/** One kind of request by which changes of a project are found. */
export type Look<State> = LookOf<Round, EventKind, State>;

/** Gives a look its types, nothing else. */
export function defineLook<State>(look: Look<State>): Look<State> {
  return look;
}
