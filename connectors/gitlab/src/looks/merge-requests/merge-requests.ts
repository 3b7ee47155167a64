import { changedPages } from '../changed-pages.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';
import { portions } from '../portions.js';
import { MergeRequestNews } from './merge-request-news.js';
import { MergeRequestsState } from './merge-request-state.js';

const what = 'merge requests';
const list = { what, name: 'merge_requests', query: 'state=all&scope=all' };

/** More open merge requests than that are not remembered anyway. */
const openPages = 4;

/** What was opened before all that is told, so that a later push to it is seen. */
async function learnOpen(round: Round, news: MergeRequestNews): Promise<void> {
  const before = encodeURIComponent(new Date(round.beginning).toISOString());
  const target = `${round.path}/merge_requests?state=opened&scope=all&created_before=${before}&per_page=100`;
  let pages = 0;
  for await (const { items } of listPages(round, what, target)) {
    news.learnOpen([...items].reverse());
    pages += 1;
    if (pages === openPages) return;
  }
}

/** Merge requests: opened, closed, opened again, merged, with another head or target, approved or no longer so. */
export const mergeRequests = defineLook<MergeRequestsState>({
  name: 'merge_requests',
  kind: 'merge_request',
  state: MergeRequestsState,
  async *look(round, known) {
    const news = new MergeRequestNews(round, known);
    if (!known) await learnOpen(round, news);
    for await (const { items, last, mark } of portions(changedPages(round, list, known), round, known)) {
      const events = await news.eventsOf(items);
      yield { events, state: news.state(mark, last) };
    }
  },
});
