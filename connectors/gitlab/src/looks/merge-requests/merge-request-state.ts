import { ToldState, digest } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import type { MergeRequest } from '../../translate/merge-request-facts.js';
import { Id, Iid } from '../../translate/payload.js';
import { ChangedMark } from '../changed-pages.js';
import { Unfinished } from '../terms.js';
import { TouchedState } from '../touched.js';

/** So much of a commit's name as tells two heads of one merge request apart. */
const short = 8;
const targetLength = 4;

const Approvers = z.array(z.tuple([Id, z.string().max(255)]));
export type Approvers = z.infer<typeof Approvers>;

/**
 * What is known of a merge request: the beginning of its head, its target by a digest, whose approvals it has, and the
 * last event of its state; null for what was never asked.
 */
const Known = z.tuple([
  Iid,
  z.string().max(short),
  z.string().max(targetLength),
  Approvers.max(50).nullable(),
  Id.nullable(),
]);
type Known = z.infer<typeof Known>;

export const MergeRequestsState = z.object({
  ...ChangedMark.shape,
  touched: TouchedState,
  /** The ones touched last, at the end. */
  known: z.array(Known).max(500),
  told: ToldState,
  unfinished: Unfinished.optional(),
});
export type MergeRequestsState = z.infer<typeof MergeRequestsState>;

export interface KnownMergeRequest {
  head: string;
  target: string;
  approvers: Approvers | null;
  lastEvent: number | null;
}

const remembered = 400;

/** Stands for the head of one that is merged: nothing more happens to it. */
const merged = 'merged';

export function isMerged({ head }: KnownMergeRequest): boolean {
  return head === merged;
}

/** Empty while GitLab still prepares it. That one is merged shows a moment before it says when. */
export function headOf({ sha, state, merged_at }: MergeRequest): string {
  return state === 'merged' && merged_at !== undefined ? merged : (sha ?? '').slice(0, short);
}

export function targetOf({ target_branch }: MergeRequest): string {
  return digest(target_branch, targetLength);
}

/** What is known of merge requests, the one that was learned last at the end. */
export class KnownMergeRequests {
  readonly #known: Map<number, KnownMergeRequest>;

  constructor(known: readonly Known[] = []) {
    this.#known = new Map(
      known.map(([iid, head, target, approvers, lastEvent]) => [iid, { head, target, approvers, lastEvent }]),
    );
  }

  get(iid: number): KnownMergeRequest | undefined {
    return this.#known.get(iid);
  }

  learn(iid: number, known: KnownMergeRequest): void {
    this.#known.delete(iid);
    this.#known.set(iid, known);
  }

  get state(): Known[] {
    return [...this.#known]
      .slice(-remembered)
      .map(([iid, { head, target, approvers, lastEvent }]) => [
        iid,
        head,
        target,
        approvers?.slice(0, 50) ?? null,
        lastEvent,
      ]);
  }
}
