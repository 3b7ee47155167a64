import { z } from 'zod';
import { Instant } from '../translate/payload.js';
import type { ChangedMark, ChangedPage } from './changed-pages.js';
import type { Round } from './look.js';

/** Several questions may have to be asked for each of them. */
const portionItems = 25;

const Item = z.object({ updated_at: Instant });

/** The latest instant of a portion, though not behind `end`: a clock that is wrong must not move a mark into the future. */
function reached(portion: readonly unknown[], start: string, end: string): string {
  const instants = portion.flatMap((item) => Item.safeParse(item).data?.updated_at ?? []);
  return instants.reduce((high, at) => (at > high && at < end ? at : high), start);
}

/**
 * Pages in smaller portions, each of which can be the last that there is time for: what a first look has found is kept
 * when the limit is used up before its end.
 */
export async function* portions(
  pages: AsyncIterable<ChangedPage>,
  { beginning }: Pick<Round, 'beginning'>,
  known: ChangedMark | undefined,
): AsyncGenerator<ChangedPage, void, void> {
  let high = known?.high ?? new Date(beginning).toISOString();
  for await (const { items, last, mark } of pages) {
    const rest = Math.max(0, Math.ceil(items.length / portionItems) - 1) * portionItems;
    for (let from = 0; from < rest; from += portionItems) {
      const portion = items.slice(from, from + portionItems);
      high = reached(portion, high, mark.high);
      yield { items: portion, last: false, mark: { high } };
    }
    ({ high } = mark);
    yield { items: items.slice(rest), last, mark };
  }
}
