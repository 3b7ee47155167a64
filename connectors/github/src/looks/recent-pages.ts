import { z } from 'zod';
import { listPages } from './list-pages.js';
import type { Round } from './look.js';

/** How far a list was read. */
export const RecentMark = z.object({
  etag: z.string().optional(),
  /** The instant of its newest item. */
  high: z.iso.datetime({ offset: true }),
});
type RecentMark = z.infer<typeof RecentMark>;

/** A list that has no `since`, but may begin with what was opened or touched last. */
export interface RecentList {
  what: string;
  /** Under the repository's path. */
  name: string;
  sort: 'created' | 'updated';
  /** How many to ask for where little is news. */
  perPage: number;
}

interface RecentPage {
  items: unknown[];
  last: boolean;
  /** What to know at the next look, once this was the last page. */
  mark: RecentMark;
}

/** Lists may lag a little behind what has happened. */
const overlapMs = 10 * 60_000;

const Item = z.record(z.string(), z.unknown());
const Instant = z.iso.datetime({ offset: true });

function instantsOf(items: readonly unknown[], field: string): number[] {
  return items
    .flatMap((item) => Instant.safeParse(Item.safeParse(item).data?.[field]).data ?? [])
    .map((instant) => Date.parse(instant));
}

/** The pages of a list back to shortly before what is known of it; at the first look, before the beginning. */
export async function* recentPages(
  round: Round,
  { what, name, sort, perPage }: RecentList,
  known: RecentMark | undefined,
): AsyncGenerator<RecentPage, void, void> {
  const target = `${round.path}/${name}?state=all&sort=${sort}&direction=desc&per_page=${known ? perPage : 100}`;
  // A clock that was wrong for a while must not leave a mark in the future, behind which nothing is news.
  const present = Date.parse(round.at);
  let high = Math.min(Date.parse(known?.high ?? round.beginning), present);
  const end = high - overlapMs;
  let etag: string | undefined;
  for await (const page of listPages(round, what, target, known?.etag)) {
    const instants = instantsOf(page.items, `${sort}_at`);
    const last = page.last || (instants.at(-1) ?? end) < end;
    high = instants.reduce((one, other) => Math.max(one, Math.min(other, present)), high);
    etag ??= page.etag;
    // The first look has asked for longer pages: another list by its `etag`.
    const kept = known && etag !== undefined ? { etag } : {};
    yield { items: page.items, last, mark: { ...kept, high: new Date(high).toISOString() } };
    if (last) return;
  }
}
