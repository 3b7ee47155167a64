import { Pull } from '../../translate/pull-facts.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';
import { type RecentList, recentPages } from '../recent-pages.js';
import { type Head, PullNews, PullState, headOf } from './pull-news.js';

const what = 'pull requests';
const list: RecentList = { what, name: 'pulls', sort: 'updated', perPage: 30 };

/** More open pull requests than that are not remembered anyway. */
const openPages = 10;

/** The heads of all that is open, the one opened last at the end, so that a later push to an old one is seen. */
async function openHeads(round: Round): Promise<Head[]> {
  const pages: Head[][] = [];
  for await (const { items } of listPages(round, what, `${round.path}/pulls?state=open&per_page=100`)) {
    const open = items.flatMap((item) => Pull.safeParse(item).data ?? []);
    pages.push(open.map((pull) => [pull.number, headOf(pull)]));
    if (pages.length === openPages) break;
  }
  return pages.flat(1).reverse();
}

/**
 * Pull requests that were opened, merged, or have another head. What else happens to them has events of its own, with
 * ids: it is told from those.
 */
export const pulls = defineLook<PullState>({
  name: 'pulls',
  kind: 'pull_request',
  state: PullState,
  async *look(round, known) {
    // Before the list: one that is opened meanwhile then stands in both.
    const open = known ? [] : await openHeads(round);
    const news = new PullNews(round, known);
    for await (const { items, last, mark } of recentPages(round, list, known)) {
      const events = await news.eventsOf(items);
      yield last ? { events, state: news.state(mark, open) } : { events };
    }
  },
});
