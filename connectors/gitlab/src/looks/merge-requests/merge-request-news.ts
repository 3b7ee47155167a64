import type { SourceEvent } from '@painchain/connector-sdk';
import { Told, sightingAt } from '@painchain/connector-sdk/rounds';
import { readApprovals } from '../../translate/approvals.js';
import type { Sighting } from '../../translate/facts.js';
import { MergeRequest } from '../../translate/merge-request-facts.js';
import { translateMergeRequestState } from '../../translate/merge-request-state.js';
import {
  type MergeRequestChange,
  type MergeRequestPayloads,
  translateMergeRequest,
} from '../../translate/merge-request.js';
import type { ChangedMark } from '../changed-pages.js';
import type { Round } from '../look.js';
import { type NotedState, untold } from '../state-events.js';
import { type Terms, termsOf } from '../terms.js';
import { Touched } from '../touched.js';
import { approvalChanges, headChanges, learned, shownChanges } from './merge-request-changes.js';
import { type Asked, MergeRequestQuestions } from './merge-request-questions.js';
import { type SeenOfIt, isWholeShown } from './merge-request-settled.js';
import {
  type Approvers,
  type KnownMergeRequest,
  KnownMergeRequests,
  type MergeRequestsState,
  isMerged,
} from './merge-request-state.js';

/** A merge request of the list, and what has been read of it. */
interface Seen {
  mergeRequest: MergeRequest;
  payloads: MergeRequestPayloads;
}

/** What is new of the merge requests in a list, seen against what was known of them. */
export class MergeRequestNews {
  readonly #known: KnownMergeRequests;
  readonly #touched: Touched;
  readonly #told: Told;
  readonly #terms: Terms;
  readonly #questions: MergeRequestQuestions;
  #isSettled = true;

  constructor(
    private readonly round: Round,
    before: MergeRequestsState | undefined,
  ) {
    this.#known = new KnownMergeRequests(before?.known);
    this.#touched = new Touched(before?.touched);
    this.#told = new Told(before?.told);
    this.#terms = termsOf(round, before);
    this.#questions = new MergeRequestQuestions(round, this.#terms);
  }

  /** What is open since before anything is told: its head may move, too. */
  learnOpen(items: readonly unknown[]): void {
    for (const item of items) {
      const { data: mergeRequest } = MergeRequest.safeParse(item);
      if (!mergeRequest || Date.parse(mergeRequest.created_at) >= Date.parse(this.#terms.since)) continue;
      const unasked = { approvals: undefined, lastEvent: undefined };
      this.#known.learn(mergeRequest.iid, learned(mergeRequest, undefined, unasked));
    }
  }

  /** The events of a portion, those of the merge request that was touched last at their end. */
  async eventsOf(items: readonly unknown[]): Promise<SourceEvent[]> {
    const events: SourceEvent[] = [];
    for (const item of items) events.push(...(await this.#eventsOfOne(item)));
    return events;
  }

  /** What is known from now on. */
  state(given: ChangedMark, last: boolean): MergeRequestsState {
    // What isn't settled is looked at again, though the list be the same.
    const { etag, ...mark } = this.#touched.state(given);
    return {
      ...mark,
      ...(etag !== undefined && this.#isSettled && { etag }),
      known: this.#known.state,
      told: this.#told.state,
      ...(!last && { unfinished: this.#terms }),
    };
  }

  async #eventsOfOne(item: unknown): Promise<SourceEvent[]> {
    const { data: mergeRequest } = MergeRequest.safeParse(item);
    if (!mergeRequest) return this.round.take({ kind: 'unsupported', what: 'merge request' });
    const known = this.#known.get(mergeRequest.iid);
    const changes = shownChanges(mergeRequest, known, this.#terms);
    if (changes.length > 0 || !this.#touched.has(mergeRequest.iid, mergeRequest.updated_at)) {
      return this.#look(item, mergeRequest, known, changes);
    }
    return [];
  }

  async #look(
    item: unknown,
    mergeRequest: MergeRequest,
    known: KnownMergeRequest | undefined,
    shown: readonly MergeRequestChange[],
  ): Promise<SourceEvent[]> {
    const wasOver = known ? isMerged(known) : mergeRequest.state === 'merged' && shown.length === 0;
    const asked: Asked = wasOver ? { inFull: false } : await this.#questions.of(mergeRequest);
    const approvals = readApprovals(asked.approvals);
    const changes = inOrder([
      ...(await this.#withHeads(mergeRequest, shown, asked)),
      ...approvalChanges(approvals, this.#approversBefore(known, shown), this.#terms),
    ]);
    const states = untold(asked.states ?? [], known?.lastEvent, this.#terms.since);
    const isTold = changes.length + states.length > 0 && asked.inFull;
    const extent = isTold ? await this.#questions.extentOf(mergeRequest) : {};
    const seen = { mergeRequest, payloads: { merge_request: item, approvals: asked.approvals, ...extent } };
    const events = [
      ...states.flatMap((state) => this.#tellState(state, seen)),
      ...changes.flatMap((change) => this.#tell(change, seen)),
    ];
    this.#learn(mergeRequest, known, { shown, approvals, states: asked.states });
    return events.sort((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
  }

  /** What was opened since the last look had no approvals then. */
  #approversBefore(
    known: KnownMergeRequest | undefined,
    shown: readonly MergeRequestChange[],
  ): Approvers | null {
    const wasNothing = this.#terms.before !== null && shown.some(({ kind }) => kind === 'opened');
    return known?.approvers ?? (wasNothing ? [] : null);
  }

  /** With each of the heads that it had since the last look, or since it was opened. */
  async #withHeads(
    mergeRequest: MergeRequest,
    shown: readonly MergeRequestChange[],
    { inFull }: Asked,
  ): Promise<MergeRequestChange[]> {
    const mayHaveMoved = shown.some(({ kind }) => kind === 'updated' || kind === 'opened');
    if (!inFull || !mayHaveMoved) return [...shown];
    const heads = await this.#questions.headsOf(mergeRequest);
    return shown.flatMap((change) => headChanges(change, mergeRequest, heads, this.#terms.before));
  }

  #learn(mergeRequest: MergeRequest, known: KnownMergeRequest | undefined, seen: SeenOfIt): void {
    const { iid, updated_at } = mergeRequest;
    const { approvals, states } = seen;
    const lastEvent = states && (states.at(-1)?.id ?? 0);
    this.#known.learn(iid, learned(mergeRequest, known, { approvals, lastEvent }));
    if (isWholeShown(mergeRequest, seen, this.round)) this.#touched.add(iid, updated_at);
    else this.#isSettled = false;
  }

  #tell(change: MergeRequestChange, { mergeRequest, payloads }: Seen): SourceEvent[] {
    const { take, project } = this.round;
    const given = payloadsFor(change, payloads, mergeRequest);
    return take(translateMergeRequest(change, given, project, this.#sightingOf(change, mergeRequest)));
  }

  #tellState({ kind, at, payload: event }: NotedState, { payloads }: Seen): SourceEvent[] {
    const { approvals, ...others } = payloads;
    const given = { ...others, event, ...(kind === 'closed' && { approvals }) };
    return this.round.take(translateMergeRequestState(given, this.round.project, sightingAt(at, this.round)));
  }

  #sightingOf(change: MergeRequestChange, mergeRequest: MergeRequest): Sighting {
    const { id, created_at, merged_at, updated_at, sha, target_branch } = mergeRequest;
    const again = (...what: string[]) => this.#told.again(String(id), ...what);
    const between = whenSeen(mergeRequest, this.#terms);
    switch (change.kind) {
      case 'opened':
        return sightingAt(created_at, this.round);
      case 'merged':
        return sightingAt(merged_at ?? updated_at, this.round);
      case 'updated': {
        const { head } = change;
        const seen = head ? sightingAt(head.at, this.round) : { between };
        return { ...seen, again: again('head', head?.sha ?? sha ?? '') };
      }
      case 'retargeted':
        return { between, again: again('target', target_branch) };
      case 'approved':
      case 'unapproved': {
        const { at } = change.by;
        const seen = at === undefined ? { between } : sightingAt(at, this.round);
        return { ...seen, again: again(change.kind, String(change.by.id)) };
      }
    }
  }
}

/** A merge ends it: what shows at the same time was before. */
function inOrder(changes: readonly MergeRequestChange[]): MergeRequestChange[] {
  const isMerge = ({ kind }: MergeRequestChange) => kind === 'merged';
  return [...changes.filter((change) => !isMerge(change)), ...changes.filter(isMerge)];
}

/** Whose approval it has now, it had not when it was opened; and how much it changes, it did not by an earlier head. */
function payloadsFor(
  change: MergeRequestChange,
  { approvals, ...others }: MergeRequestPayloads,
  { sha }: MergeRequest,
): MergeRequestPayloads {
  if (change.kind === 'merged' || 'by' in change) return { ...others, approvals };
  const isEarlier = change.kind === 'updated' && change.head !== undefined && change.head.sha !== sha;
  return isEarlier ? { merge_request: others.merge_request } : others;
}

/** What shows as a difference has happened before it was closed, and at the latest when it was touched last. */
function whenSeen(
  { state, merged_at, closed_at, updated_at }: MergeRequest,
  { before }: Terms,
): NonNullable<Sighting['between']> {
  const to = merged_at ?? (state === 'closed' ? closed_at : undefined) ?? updated_at;
  const showsLate = before !== null && Date.parse(before) >= Date.parse(to);
  return { from: showsLate ? null : before, to };
}
