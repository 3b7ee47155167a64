import type { Collect } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { Upstream } from '../upstream/upstream.js';

/** No list is longer: whoever goes on and on must not fill the memory that all integrations share. */
const mostItems = 200_000;

/** One page of a list. */
export interface ListPage {
  items: unknown[];
  /** Of the list's beginning; on its first page only. */
  etag: string | undefined;
  last: boolean;
}

/** Where a list is asked for, and by whom. */
export interface ListPlace extends Pick<Collect, 'take' | 'signal'> {
  upstream: Pick<Upstream, 'get'>;
  /** Who lists, by its name as people write it. */
  vendor: string;
}

function endless(vendor: string, what: string): SourceError {
  return new SourceError({
    code: 'answer-too-large',
    detail: `${vendor} lists more than ${mostItems} ${what}.`,
    remedy: 'Check `base_url`, and whether a proxy answers in its place.',
    kind: 'upstream',
  });
}

/**
 * The pages of a list, as far as somebody wants them; none where it is unchanged. What is no list is counted as
 * unsupported and ends it: it must not look like a list with nothing on it.
 */
export async function* listPages(
  { upstream, vendor, take, signal }: ListPlace,
  what: string,
  target: string,
  etag?: string,
): AsyncGenerator<ListPage, void, void> {
  let next: string | URL | undefined = target;
  let count = 0;
  while (next !== undefined) {
    const reading = await upstream.get(next, { etag: next === target ? etag : undefined, signal });
    if (reading.unchanged) return;
    if (!Array.isArray(reading.json)) {
      take({ kind: 'unsupported', what: `${what} that are no list` });
      return;
    }
    const items: unknown[] = reading.json;
    count += Math.max(1, items.length);
    if (count > mostItems) throw endless(vendor, what);
    const first = next === target;
    next = reading.next;
    yield { items, etag: first ? reading.etag : undefined, last: next === undefined };
  }
}
