import type { SourceEvent } from '@painchain/connector-sdk';
import { sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { Issue } from '../../translate/issue-facts.js';
import { translateIssueState } from '../../translate/issue-state.js';
import { translateIssue } from '../../translate/issue.js';
import { Id, Iid } from '../../translate/payload.js';
import { ChangedMark, changedPages } from '../changed-pages.js';
import { type Round, defineLook } from '../look.js';
import { portions } from '../portions.js';
import { type NotedState, isSettled, stateEventsOf, untold } from '../state-events.js';
import { type Terms, Thrift, Unfinished, termsOf } from '../terms.js';
import { Touched, TouchedState } from '../touched.js';

/** Issues that are remembered: those touched last. */
export const remembered = 400;

const IssuesState = z.object({
  ...ChangedMark.shape,
  touched: TouchedState,
  /** Issues that were told, and the last event of their state; the ones touched last at the end. */
  known: z.array(z.tuple([Iid, Id.nullable()])).max(500),
  unfinished: Unfinished.optional(),
});
type IssuesState = z.infer<typeof IssuesState>;

/** Confidential ones are not for everybody who sees what is told. */
const list = { what: 'issues', name: 'issues', query: 'state=all&scope=all&confidential=false' };

/** What is new of the issues in a list, seen against what was known of them. */
class IssueNews {
  readonly #known: Map<number, number | null>;
  readonly #touched: Touched;
  readonly #terms: Terms;
  readonly #thrift: Thrift;
  #isSettled = true;

  constructor(
    private readonly round: Round,
    before: IssuesState | undefined,
  ) {
    this.#known = new Map(before?.known);
    this.#touched = new Touched(before?.touched);
    this.#terms = termsOf(round, before);
    this.#thrift = new Thrift(this.#terms, round);
  }

  async eventsOf(items: readonly unknown[]): Promise<SourceEvent[]> {
    const events: SourceEvent[] = [];
    for (const item of items) events.push(...(await this.#eventsOfOne(item)));
    return events;
  }

  state(given: ChangedMark, last: boolean): IssuesState {
    // What isn't settled is looked at again, though the list be the same.
    const { etag, ...mark } = this.#touched.state(given);
    return {
      ...mark,
      ...(etag !== undefined && this.#isSettled && { etag }),
      known: [...this.#known].slice(-remembered),
      ...(!last && { unfinished: this.#terms }),
    };
  }

  async #eventsOfOne(item: unknown): Promise<SourceEvent[]> {
    const { round } = this;
    const { data: issue } = Issue.safeParse(item);
    if (!issue) return round.take({ kind: 'unsupported', what: 'issue' });
    if (this.#touched.has(issue.iid, issue.updated_at)) return [];
    // Whatever happens to a confidential one, nobody needs to ask for it.
    if (issue.confidential) return round.take(translateIssue(item, round.project, {}));
    const states = await this.#statesOf(issue);
    const lastEvent = this.#known.get(issue.iid);
    const events = [
      ...(lastEvent === undefined ? this.#opened(item, issue) : []),
      ...untold(states ?? [], lastEvent, this.#terms.since).flatMap((state) => this.#told(item, state)),
    ];
    this.#learn(issue, states);
    return events;
  }

  /** That it was closed can't be told without its event's id. */
  async #statesOf({ iid, state, updated_at }: Issue): Promise<NotedState[] | undefined> {
    if (!this.#thrift.allows(updated_at) && state !== 'closed') return undefined;
    return stateEventsOf(this.round, `${this.round.path}/issues/${iid}`);
  }

  #opened(item: unknown, { created_at }: Issue): SourceEvent[] {
    if (Date.parse(created_at) < Date.parse(this.#terms.since)) return [];
    return this.round.take(translateIssue(item, this.round.project, sightingAt(created_at, this.round)));
  }

  #told(issue: unknown, { at, payload: event }: NotedState): SourceEvent[] {
    const sighting = sightingAt(at, this.round);
    return this.round.take(translateIssueState({ event, issue }, this.round.project, sighting));
  }

  #learn(issue: Issue, states: NotedState[] | undefined): void {
    const lastEvent = states ? (states.at(-1)?.id ?? 0) : (this.#known.get(issue.iid) ?? null);
    this.#known.delete(issue.iid);
    this.#known.set(issue.iid, lastEvent);
    if (isSettled(issue, states, this.round)) this.#touched.add(issue.iid, issue.updated_at);
    else this.#isSettled = false;
  }
}

/** Issues that were opened, closed, opened again. */
export const issues = defineLook<IssuesState>({
  name: 'issues',
  kind: 'issue',
  state: IssuesState,
  async *look(round, known) {
    const news = new IssueNews(round, known);
    for await (const { items, last, mark } of portions(changedPages(round, list, known), round, known)) {
      const events = await news.eventsOf(items);
      yield { events, state: news.state(mark, last) };
    }
  },
});
