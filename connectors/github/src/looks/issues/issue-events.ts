import type { SourceEvent } from '@painchain/connector-sdk';
import { Seen, SeenState, isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type IssueEventHead, headOf, translateIssueEvent } from '../../translate/issue-event.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';
import { PullDetails } from '../pulls/pull-details.js';
import { Terms, termsOf } from './terms.js';

const IssueEventsState = z.object({
  etag: z.string().optional(),
  seen: SeenState,
  terms: Terms,
});
type IssueEventsState = z.infer<typeof IssueEventsState>;
type Kind = keyof Terms;

/** Of a kind that is looked at for the first time, so many pull requests are asked for, the newest. */
const detailed = 50;

/** So far back GitHub is asked at most, whatever there is: a first look must come to its end. */
const mostPages = 300;

/** What is new of the events in a list, newest first. */
class EventNews {
  readonly #seen: Seen;
  readonly #details: PullDetails;
  readonly #retargeted = new Set<number>();
  readonly #terms: Terms;

  constructor(
    private readonly round: Round,
    private readonly known: IssueEventsState | undefined,
  ) {
    this.#seen = new Seen(known?.seen);
    this.#details = new PullDetails(round);
    this.#terms = termsOf(round, known?.terms);
  }

  /** Where a kind was switched on, a list that hasn't changed has news as well. */
  get etag(): string | undefined {
    return this.#kinds.some((kind) => this.#isFirstOf(kind)) ? undefined : this.known?.etag;
  }

  state(etag: string | undefined): IssueEventsState {
    return { ...(etag !== undefined && { etag }), seen: this.#seen.state, terms: this.#terms };
  }

  /** Whether what stands behind the last item of a page may be news, too. */
  goesOn(items: readonly unknown[]): boolean {
    const last = items.flatMap((item) => headOf(item) ?? []).at(-1);
    if (!last) return false;
    const wasSeen = this.#seen.has(last.id);
    return this.#kinds.some((kind) => this.#isWanted(kind, last.at) && (!wasSeen || this.#isFirstOf(kind)));
  }

  async eventsOf(items: readonly unknown[]): Promise<SourceEvent[]> {
    const found: SourceEvent[][] = [];
    for (const item of items) found.push(await this.#eventsOfOne(item));
    return found.reverse().flat();
  }

  get #kinds(): Kind[] {
    return (['pull_request', 'issues'] as const).filter((kind) => this.#terms[kind]);
  }

  #isFirstOf(kind: Kind): boolean {
    return this.known?.terms[kind] === undefined;
  }

  #isWanted(kind: Kind, at: string): boolean {
    const terms = this.#terms[kind];
    return terms !== undefined && !isTooOld(at, { ...this.round, ...terms });
  }

  async #eventsOfOne(item: unknown): Promise<SourceEvent[]> {
    const { round } = this;
    const head = headOf(item);
    if (!head) return round.take({ kind: 'unsupported', what: 'issue event' });
    const isNew = this.#seen.add(head.id);
    const { of, at } = head;
    if (!of) return isNew ? round.take(translateIssueEvent({ event: item }, round.repository, {})) : [];
    if (!this.#isWanted(of.kind, at) || !(isNew || this.#isFirstOf(of.kind))) return [];
    const payloads = { event: item, ...(await this.#detailsOf(of, head.mayBeMerge)) };
    const sighting = sightingAt(at, { ...round, ...this.#terms[of.kind] });
    return round.take(translateIssueEvent(payloads, round.repository, sighting));
  }

  async #detailsOf(
    { kind, number, what }: NonNullable<IssueEventHead['of']>,
    mayBeMerge: boolean,
  ): Promise<object> {
    if (kind !== 'pull_request') return {};
    const isMuch = this.#isFirstOf(kind) && !this.#details.has(number) && this.#details.count >= detailed;
    if (isMuch && !mayBeMerge) return {};
    const pull = await this.#details.pullOf(number);
    if (what === 'closed' && !isMuch) return { pull, reviews: await this.#details.reviewsOf(number) };
    const superseded = what === 'retargeted' && this.#retargeted.has(number);
    if (what === 'retargeted') this.#retargeted.add(number);
    return { pull, ...(superseded && { superseded }) };
  }
}

/**
 * What happens to issues and pull requests and has an event of its own: closed, reopened, another label, another base.
 * Closed and opened again between two looks shows here, and who it was.
 */
export const issueEvents = defineLook<IssueEventsState>({
  name: 'issue_events',
  kind: ['pull_request', 'issues'],
  state: IssueEventsState,
  async *look(round, known) {
    const news = new EventNews(round, known);
    const target = `${round.path}/issues/events?per_page=100`;
    let etag: string | undefined;
    let pages = 0;
    for await (const page of listPages(round, 'issue events', target, news.etag)) {
      const { items, last } = page;
      etag ??= page.etag;
      pages += 1;
      const goesOn = !last && pages < mostPages && news.goesOn(items);
      const events = await news.eventsOf(items);
      yield goesOn ? { events } : { events, state: news.state(etag) };
      if (!goesOn) return;
    }
  },
});
