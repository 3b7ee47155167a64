import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { translateIssue } from '../translate/issue.js';
import { type Round, defineLook } from './look.js';
import { Seen, SeenState } from './seen.js';
import { sightingAt } from './sighting.js';
import { touchedPages } from './touched-pages.js';

const IssuesState = z.object({
  etag: z.string().optional(),
  /** When the one touched last was touched. */
  high: z.iso.datetime({ offset: true }),
  /** The numbers of issues that were told. */
  seen: SeenState,
});
type IssuesState = z.infer<typeof IssuesState>;

/** What isn't remembered and is older than that was forgotten, not missed. */
const lateMs = 24 * 60 * 60_000;

const Listed = z.object({
  number: z.int().positive(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  pull_request: z.unknown().optional(),
});

/** What is new of the issues in a list, seen against what was known of them. */
class IssueNews {
  readonly #seen: Seen;
  readonly #since: number;
  #high: string;

  constructor(
    private readonly round: Round,
    known: IssuesState | undefined,
  ) {
    this.#seen = new Seen(known?.seen);
    this.#high = known?.high ?? round.beginning;
    const late = known ? Date.parse(known.high) - lateMs : Number.NEGATIVE_INFINITY;
    this.#since = Math.max(Date.parse(round.beginning), late);
  }

  state(etag: string | undefined): IssuesState {
    return { ...(etag !== undefined && { etag }), high: this.#high, seen: this.#seen.state };
  }

  eventsOf(item: unknown): SourceEvent[] {
    const { data: issue } = Listed.safeParse(item);
    if (!issue) return this.round.take({ kind: 'unsupported', what: 'issue' });
    if (Date.parse(issue.updated_at) > Date.parse(this.#high)) this.#high = issue.updated_at;
    if (issue.pull_request || Date.parse(issue.created_at) < this.#since) return [];
    if (!this.#seen.add(issue.number)) return [];
    const sighting = sightingAt(issue.created_at, this.round);
    return this.round.take(translateIssue(item, this.round.repository, sighting));
  }
}

/**
 * Issues that were opened. Asked without `since`, which would move, so that a list that is what it was costs nothing.
 */
export const issues = defineLook<IssuesState>({
  name: 'issues',
  kind: 'issues',
  state: IssuesState,
  async *look(round, known) {
    const news = new IssueNews(round, known);
    const target = `${round.path}/issues?state=all&sort=updated&direction=desc&per_page=${known ? 30 : 100}`;
    const { high, etag: before } = known ?? { high: round.beginning, etag: undefined };
    for await (const { items, etag, last } of touchedPages(round, 'issues', target, { high, etag: before })) {
      const events = items
        .map((item) => news.eventsOf(item))
        .reverse()
        .flat();
      yield last ? { events, state: news.state(known && etag) } : { events };
    }
  },
});
