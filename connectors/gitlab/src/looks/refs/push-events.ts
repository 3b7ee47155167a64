import { type Seen, isTooOld } from '@painchain/connector-sdk/rounds';
import { PushEvent } from '../../translate/push.js';
import { listPages } from '../list-pages.js';
import type { Round } from '../look.js';

/** Entries on a page: all that is new mostly fits on a small one. */
const perPage = { first: 100, later: 30 };

/** Pages of one look; a project with more pushes than 10,000 since it was looked at shows its newest. */
const mostPages = 100;

/** What the activity has that was not seen before. */
export interface News {
  etag: string | undefined;
  /** The oldest first. */
  events: PushEvent[];
}

/**
 * Pushes since the last look, or since the round's beginning. Entries are numbered as they are written, so whatever
 * comes late is on the first page.
 */
export async function readPushEvents(
  round: Round,
  seen: Seen | undefined,
  etag: string | undefined,
): Promise<News | undefined> {
  const target = `${round.path}/events?action=pushed&per_page=${seen ? perPage.later : perPage.first}`;
  const found = new Map<number, PushEvent>();
  let [first, pages] = [undefined as string | undefined, 0];
  for await (const page of listPages(round, 'events', target, etag)) {
    pages += 1;
    first ??= page.etag;
    let isEnd = page.last;
    for (const item of page.items) {
      const { data } = PushEvent.safeParse(item);
      if (!data) round.take({ kind: 'unsupported', what: 'a push of another shape' });
      else if (seen?.has(data.id) || isTooOld(data.created_at, round)) isEnd = true;
      else found.set(data.id, data);
    }
    if (isEnd) break;
    if (pages >= mostPages) {
      round.log.warn({ pushes: found.size }, 'there are more pushes than one look tells');
      break;
    }
  }
  if (pages === 0) return undefined;
  // The first look has asked for longer pages: another list by its `etag`.
  return { etag: seen && first, events: [...found.values()].sort((one, other) => one.id - other.id) };
}
