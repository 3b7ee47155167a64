import { Pull } from '../translate/pull-facts.js';
import { listPages } from './list-pages.js';
import { type Round, defineLook } from './look.js';
import { PullNews, PullState } from './pull-news.js';
import { touchedPages } from './touched-pages.js';

const what = 'pull requests';

/** More open pull requests than that are not remembered anyway. */
const openPages = 10;

/** All that is open, the one opened last at the end, so that a later push to an old one is seen. */
async function openPulls(round: Round): Promise<Pull[]> {
  const open: Pull[] = [];
  let pages = 0;
  for await (const { items } of listPages(round, what, `${round.path}/pulls?state=open&per_page=100`)) {
    open.push(...items.flatMap((item) => Pull.safeParse(item).data ?? []));
    pages += 1;
    if (pages === openPages) break;
  }
  return open.reverse();
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
    const open = known ? [] : await openPulls(round);
    const news = new PullNews(round, known);
    const target = `${round.path}/pulls?state=all&sort=updated&direction=desc&per_page=${known ? 30 : 100}`;
    const { high, etag: before } = known ?? { high: round.beginning, etag: undefined };
    for await (const { items, etag, last } of touchedPages(round, what, target, { high, etag: before })) {
      const events = await news.eventsOf(items);
      yield last ? { events, state: news.state(known && etag, open) } : { events };
    }
  },
});
