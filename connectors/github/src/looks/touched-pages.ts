import { z } from 'zod';
import { type ListPage, listPages } from './list-pages.js';
import type { Round } from './look.js';

/** Lists may lag a little behind what has happened. */
const overlapMs = 10 * 60_000;

const Touched = z.object({ updated_at: z.iso.datetime({ offset: true }) });

function touchedAt(items: readonly unknown[]): number | undefined {
  return items
    .flatMap((item) => Touched.safeParse(item).data ?? [])
    .map(({ updated_at }) => Date.parse(updated_at))
    .at(-1);
}

/**
 * Of a list that has no `since` but begins with what was touched last: the pages back to shortly before `high`, each
 * with the list's `etag`.
 */
export async function* touchedPages(
  round: Round,
  what: string,
  target: string,
  { high, etag: known }: { high: string; etag?: string | undefined },
): AsyncGenerator<ListPage, void, void> {
  let etag: string | undefined;
  for await (const page of listPages(round, what, target, known)) {
    etag ??= page.etag;
    const oldest = touchedAt(page.items);
    const last = page.last || (oldest !== undefined && oldest < Date.parse(high) - overlapMs);
    yield { items: page.items, etag, last };
    if (last) return;
  }
}
