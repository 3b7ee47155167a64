import type { SourceEvent } from '@painchain/connector-sdk';
import { Seen, SeenState, isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { translateIssue } from '../../translate/issue.js';
import { type Round, defineLook } from '../look.js';
import { type RecentList, RecentMark, recentPages } from '../recent-pages.js';

const IssuesState = z.object({
  ...RecentMark.shape,
  /** The numbers of issues that were told. */
  seen: SeenState,
});
type IssuesState = z.infer<typeof IssuesState>;

/**
 * By when they were opened, so that what is said in older ones leaves the list as it is and costs nothing. Pull requests
 * stand in it, too.
 */
const list: RecentList = { what: 'issues', name: 'issues', sort: 'created', perPage: 10 };

const Listed = z.object({
  number: z.int().positive(),
  created_at: z.iso.datetime({ offset: true }),
  pull_request: z.unknown().optional(),
});

function eventsOf(item: unknown, seen: Seen, round: Round): SourceEvent[] {
  const { data: issue } = Listed.safeParse(item);
  if (!issue) return round.take({ kind: 'unsupported', what: 'issue' });
  if (issue.pull_request || isTooOld(issue.created_at, round) || !seen.add(issue.number)) return [];
  return round.take(translateIssue(item, round.repository, sightingAt(issue.created_at, round)));
}

/** Issues that were opened. What else happens to them has events of its own. */
export const issues = defineLook<IssuesState>({
  name: 'issues',
  kind: 'issues',
  state: IssuesState,
  async *look(round, known) {
    const seen = new Seen(known?.seen);
    for await (const { items, last, mark } of recentPages(round, list, known)) {
      const events = items
        .map((item) => eventsOf(item, seen, round))
        .reverse()
        .flat();
      yield last ? { events, state: { ...mark, seen: seen.state } } : { events };
    }
  },
});
