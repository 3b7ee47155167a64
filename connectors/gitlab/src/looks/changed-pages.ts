import { z } from 'zod';
import { Instant } from '../translate/payload.js';
import { listPages } from './list-pages.js';
import type { Round } from './look.js';

/** A longer one is not worth its place in a cursor. */
const longestEtag = 300;

/** How far a list was read. */
export const ChangedMark = z.object({
  /** When what was changed last was changed. */
  high: z.iso.datetime({ offset: true }),
  /** Of the list from there on, where it is as short as one page. */
  etag: z.string().max(longestEtag).optional(),
  /** What was changed before is not remembered: there was too much of it to ask for it once more. */
  from: z.iso.datetime({ offset: true }).optional(),
});
export type ChangedMark = z.infer<typeof ChangedMark>;

/** A list that says what was changed since an instant. */
export interface ChangedList {
  what: string;
  /** Under the project's path. */
  name: string;
  /** What else to ask for: `state=all`. */
  query?: string;
}

export interface ChangedPage {
  items: unknown[];
  last: boolean;
  /** What to know at the next look, once the page is told: it may also be the last that there is time for. */
  mark: ChangedMark;
}

/** What is changed may show a little later than it was. */
const overlapMs = 10 * 60_000;

const Item = z.object({ updated_at: Instant });

function instantsOf(items: readonly unknown[]): number[] {
  return items.flatMap((item) => {
    const { data } = Item.safeParse(item);
    return data ? [Date.parse(data.updated_at)] : [];
  });
}

const iso = (ms: number) => new Date(ms).toISOString();

/** A clock that was wrong for a while must not leave a mark in the future, behind which nothing is news. */
function highOf({ at, beginning }: Pick<Round, 'at' | 'beginning'>, known: ChangedMark | undefined): number {
  return Math.min(Date.parse(known?.high ?? beginning), Date.parse(at));
}

/** From when on a look asks for what has changed, in milliseconds since 1970. */
export function windowStart(round: Pick<Round, 'at' | 'beginning'>, known: ChangedMark | undefined): number {
  const high = highOf(round, known);
  const from = known?.from === undefined ? 0 : Date.parse(known.from);
  return Math.min(Math.max(high - overlapMs, from), high);
}

/** The mark where of all that has changed only what is not older than `oldest` is remembered. */
export function markFrom(mark: ChangedMark, oldest: number): ChangedMark {
  if (oldest <= Date.parse(mark.high) - overlapMs) return mark;
  return { high: mark.high, from: iso(oldest) };
}

/**
 * The pages of what has changed, oldest first, from shortly before what is known; none where it is unchanged. Behind a
 * full page the list is asked for anew from its end on: what is changed while it is read moves to the end, and the
 * pages between would close up past the reader.
 */
export async function* changedPages(
  round: Round,
  { what, name, query }: ChangedList,
  known: ChangedMark | undefined,
): AsyncGenerator<ChangedPage, void, void> {
  const present = Date.parse(round.at);
  const more = query === undefined ? '' : `${query}&`;
  let since = windowStart(round, known);
  let high = highOf(round, known);
  const [first, before] = [since, high];
  while (true) {
    const target = `${round.path}/${name}?${more}order_by=updated_at&sort=asc&updated_after=${encodeURIComponent(iso(since))}&per_page=100`;
    let goesOn = false;
    for await (const page of listPages(round, what, target, since === first ? known?.etag : undefined)) {
      const instants = instantsOf(page.items);
      high = instants.reduce((one, other) => Math.max(one, Math.min(other, present)), high);
      const stands = page.last && high === before && (page.etag?.length ?? Infinity) <= longestEtag;
      yield {
        items: page.items,
        last: page.last,
        mark: { high: iso(high), ...(stands && { etag: page.etag }) },
      };
      if (page.last) return;
      const end = (instants.at(-1) ?? since) - 1;
      // Where one instant fills a page, the next page is the only way past it.
      if (end <= since) continue;
      since = end;
      goesOn = true;
      break;
    }
    if (!goesOn) return;
  }
}
