import type { SourceEvent } from '@painchain/connector-sdk';
import type { z } from 'zod';
import type { Sighting, Step } from '../translate/facts.js';

/** What a fold knows from here on, and what it tells. */
export interface Folded<State> {
  /** The very state that was given when nothing has changed, or else it would be written for nothing. */
  state: State;
  events: readonly SourceEvent[];
}

/**
 * Makes one event of several that belong together, or tells something only once it has lasted: ten minutes of
 * autoscaling, the troubles of all pods of an owner, a pod that finds no node for a minute.
 *
 * It is pure: what it knows is a value, small, that JSON can say. The source keeps that value together with the objects
 * and the versions that it belongs to, and replaces all three only once what was told is stored. So a restart finds them
 * as they were together, sees the same steps again and tells the same facts, provided that keys and the borders of
 * windows come from the events and steps themselves, never from the instant that something was due at. When the disk
 * is lost, what was held back is lost with it: the interval that is then reported as blind begins by `heldSeconds`
 * earlier.
 */
export interface Fold<State = unknown> {
  /** What its state must look like; a kept one that doesn't is as if there was none. */
  state: z.ZodType<State>;
  empty: State;
  /** For how long it holds back at most. */
  heldSeconds: number;
  /**
   * Called with each step behind its translation, in order, also when that gave no events. Gives what is told at once:
   * `events` as they are when they are none of its business.
   */
  add(state: State, step: Step, events: readonly SourceEvent[], sighting: Sighting): Folded<State>;
  /**
   * What is to be told since everything up to `at` (RFC 3339, by the server's clock) has been seen. While the cluster
   * can't be reached `at` stands still, so that nothing is said to last that may have ended unseen. Called at least each
   * minute.
   */
  due(state: State, at: string): Folded<State>;
}

/** Forgets which state a fold has, so that folds of several kinds can be treated alike. */
export function defineFold<State>(fold: Fold<State>): Fold {
  return fold as Fold;
}
