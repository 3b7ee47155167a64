import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type IssueEventHead, headOf, translateIssueEvent } from '../translate/issue-event.js';
import { listPages } from './list-pages.js';
import { type Round, defineLook } from './look.js';
import { PullDetails } from './pull-details.js';
import { Seen, SeenState } from './seen.js';
import { isTooOld, sightingAt } from './sighting.js';

const IssueEventsState = z.object({
  etag: z.string().optional(),
  seen: SeenState,
});
type IssueEventsState = z.infer<typeof IssueEventsState>;

/** At the first look, the reviews of so many pull requests are asked for, the newest. */
const reviewed = 50;

/** What is new of the events in a list, newest first. */
class EventNews {
  readonly #seen: Seen;
  readonly #details: PullDetails;
  readonly #retargeted = new Set<number>();

  constructor(
    private readonly round: Round,
    private readonly known: IssueEventsState | undefined,
  ) {
    this.#seen = new Seen(known?.seen);
    this.#details = new PullDetails(round);
  }

  state(etag: string | undefined): IssueEventsState {
    return { ...(etag !== undefined && { etag }), seen: this.#seen.state };
  }

  /** Whether what stands behind the last item of a page may be news, too. */
  goesOn(items: readonly unknown[]): boolean {
    const last = items.flatMap((item) => headOf(item) ?? []).at(-1);
    return last !== undefined && !this.#seen.has(last.id) && !isTooOld(last.at, this.round);
  }

  async eventsOf(items: readonly unknown[]): Promise<SourceEvent[]> {
    const found: SourceEvent[][] = [];
    for (const item of items) found.push(await this.#eventsOfOne(item));
    return found.reverse().flat();
  }

  async #eventsOfOne(item: unknown): Promise<SourceEvent[]> {
    const { round } = this;
    const head = headOf(item);
    if (!head) return round.take({ kind: 'unsupported', what: 'issue event' });
    if (!this.#seen.add(head.id) || isTooOld(head.at, round)) return [];
    if (head.of && !round.collects(head.of.kind)) return [];
    const payloads = { event: item, ...(await this.#detailsOf(head.of)) };
    return round.take(translateIssueEvent(payloads, round.repository, sightingAt(head.at, round)));
  }

  /** A pull request's own id stands in itself only: as an issue it has another. */
  async #detailsOf(of: IssueEventHead['of']): Promise<object> {
    if (of?.kind !== 'pull_request') return {};
    const { number, what } = of;
    const pull = await this.#details.pullOf(number);
    if (what === 'closed' && (this.known || this.#details.count <= reviewed)) {
      return { pull, reviews: await this.#details.reviewsOf(number) };
    }
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
    for await (const page of listPages(round, 'issue events', target, known?.etag)) {
      const { items, last } = page;
      etag ??= page.etag;
      const goesOn = !last && news.goesOn(items);
      const events = await news.eventsOf(items);
      yield goesOn ? { events } : { events, state: news.state(etag) };
      if (!goesOn) return;
    }
  },
});
