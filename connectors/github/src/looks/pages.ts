import { z } from 'zod';
import type { Round } from './look.js';

type Asking = Pick<Round, 'github' | 'signal'>;

interface ListPage {
  items: readonly unknown[];
  /** Of the list's first page, with which to ask for it again. */
  etag: string | undefined;
  last: boolean;
}

/**
 * A list, page by page, for as long as somebody wants another one; none at all where its first page is what it was
 * with that `etag`.
 */
export async function* pagesOf(
  { github, signal }: Asking,
  target: string,
  etag?: string,
): AsyncGenerator<ListPage, void, void> {
  let page = await github.get(target, { etag, signal });
  if (page.unchanged) return;
  const { etag: first } = page;
  while (!page.unchanged) {
    const items = Array.isArray(page.json) ? page.json : [];
    yield { items, etag: first, last: page.next === undefined };
    if (!page.next) return;
    page = await github.get(page.next, { signal });
  }
}

/** Lists may lag a little behind what has happened. */
const overlapMs = 10 * 60_000;

const Touched = z.object({ updated_at: z.iso.datetime({ offset: true }) });

function touchedAt(items: readonly unknown[]): number | undefined {
  return items
    .flatMap((item) => Touched.safeParse(item).data ?? [])
    .map(({ updated_at }) => Date.parse(updated_at))
    .at(-1);
}

/** Of a list that has no `since` but begins with what was touched last: the pages back to shortly before `high`. */
export async function* pagesBackTo(
  round: Asking,
  target: string,
  { high, etag }: { high: string; etag?: string | undefined },
): AsyncGenerator<ListPage, void, void> {
  for await (const page of pagesOf(round, target, etag)) {
    const oldest = touchedAt(page.items);
    const last = page.last || (oldest !== undefined && oldest < Date.parse(high) - overlapMs);
    yield { ...page, last };
    if (last) return;
  }
}
