import type { Round } from './look.js';

/** One page of a list. */
export interface ListPage {
  items: unknown[];
  /** Of the list's beginning; on its first page only. */
  etag: string | undefined;
  last: boolean;
}

/**
 * The pages of a list, as far as somebody wants them; none where it is unchanged. What is no list is counted as
 * unsupported and ends it: it must not look like a list with nothing on it.
 */
export async function* listPages(
  { github, take, signal }: Round,
  what: string,
  target: string,
  etag?: string,
): AsyncGenerator<ListPage, void, void> {
  let next: string | URL | undefined = target;
  while (next !== undefined) {
    const reading = await github.get(next, { etag: next === target ? etag : undefined, signal });
    if (reading.unchanged) return;
    if (!Array.isArray(reading.json)) {
      take({ kind: 'unsupported', what: `${what} that are no list` });
      return;
    }
    const items: unknown[] = reading.json;
    const first = next === target;
    next = reading.next;
    yield { items, etag: first ? reading.etag : undefined, last: next === undefined };
  }
}
