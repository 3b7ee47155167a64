import type { Collect, SourceEvent } from '@painchain/connector-sdk';
import type { z } from 'zod';
import type { GitHub } from '../api/github.js';
import type { EventKind } from '../config.js';
import type { RepositoryFacts } from '../translate/facts.js';

/** One round of looks at a repository, and what they share. */
export interface Round extends Pick<Collect, 'take' | 'progress' | 'log' | 'signal'> {
  github: GitHub;
  repository: RepositoryFacts;
  /** `/repos/{owner}/{repo}`, under which all of the repository is asked. */
  path: string;
  /** When this look began, RFC 3339 by the server's clock: what it finds has happened by then. */
  at: string;
  /** When the round of the look before this one began; null at the first. */
  before: string | null;
  /** Nothing from before is told, RFC 3339: how far back the first look goes. Kept for the repository's life. */
  beginning: string;
  /** When the first look was taken, RFC 3339: facts from before are marked as backfill. */
  started: string;
  /** Whether a branch, by its name without `refs/heads/`, is to be watched. */
  watches(branch: string): boolean;
  /** Whether a word stands under `events:`, for a look that serves more than one of them. */
  collects(kind: EventKind): boolean;
}

/** Events that a look has found, and, with the last of them, what it shall know at the next look. */
export interface Found<State> {
  events: readonly SourceEvent[];
  /** On the last page of a look. Pages before it move nothing: after a kill they are told again under equal keys. */
  state?: State;
  /** Something is under way, such as a run: worth looking again soon. */
  busy?: boolean;
}

/**
 * One kind of request by which changes of a repository are found. Its state is a part of the repository's cursor: it
 * should take no more than a few KiB, and says nothing that a token may read and a human may not.
 */
export interface Look<State> {
  /** Its name in the cursor. */
  name: string;
  /** The word under `events:` that switches it on, or several of which any one does. */
  kind: EventKind | readonly EventKind[];
  /** What its state must look like; what doesn't is as if it had never looked. */
  state: z.ZodType<State>;
  /** Seconds between two looks. Absent: at every round. */
  everySeconds?: number;
  /**
   * Yields what is new since `known`, in pages of a few hundred events at most, the state with the last one. At the
   * first look `known` is undefined: it tells what has happened since `beginning`.
   *
   * @throws SourceError; the states of the other looks are kept.
   */
  look(round: Round, known: State | undefined): AsyncGenerator<Found<State>, void, void>;
}

/** Gives a look its types, nothing else. */
export function defineLook<State>(look: Look<State>): Look<State> {
  return look;
}
