import type { z } from 'zod';
import type { Collect, SourceEvent } from '../connector.js';

/** Between which instants (RFC 3339, by the upstream's clock) a look tells. */
export interface RoundTimes {
  /** When this look began: what it finds has happened by then. */
  at: string;
  /** When the round of the look before this one began; null at the first. */
  before: string | null;
  /** Nothing from before is told: how far back the first look goes. Kept for the life of what is looked at. */
  beginning: string;
  /** When the first look was taken: facts from before are marked as backfill. */
  started: string;
}

/** What all looks of a round share, whatever the vendor. */
export interface Surroundings<Kind extends string> extends Pick<
  Collect,
  'take' | 'progress' | 'log' | 'signal'
> {
  /** Whether a branch, by its name without `refs/heads/`, is to be watched. */
  watches(branch: string): boolean;
  /** Whether a word stands under `events:`, for a look that serves more than one of them. */
  collects(kind: Kind): boolean;
}

/** A round of a vendor's: `Own` is what its looks share beside what all have. */
export type RoundOf<Own, Kind extends string> = RoundTimes & Surroundings<Kind> & Own;

/** Events that a look has found, and, with the last of them, what it shall know at the next look. */
export interface Found<State> {
  events: readonly SourceEvent[];
  /** On the last page of a look. Pages before it move nothing: after a kill they are told again under equal keys. */
  state?: State;
  /** Something is under way, such as a run: worth looking again soon. */
  busy?: boolean;
}

/**
 * One kind of request by which changes of one thing, such as a repository, are found. Its state is a part of that
 * thing's cursor: it should take no more than a few KiB, and says nothing that a token may read and a human may not.
 */
export interface Look<Round extends RoundTimes, Kind extends string, State> {
  /** Its name in the cursor. */
  name: string;
  /** The word under `events:` that switches it on, or several of which any one does. */
  kind: Kind | readonly Kind[];
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

/** The words under `events:` that switch a look on. */
export function kindsOf<Kind extends string>({ kind }: { kind: Kind | readonly Kind[] }): readonly Kind[] {
  return typeof kind === 'string' ? [kind] : kind;
}
