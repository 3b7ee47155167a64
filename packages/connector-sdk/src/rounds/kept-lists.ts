import { SourceError } from '../source-error.js';
import type { Upstream } from '../upstream/upstream.js';

/** No list is longer: whoever goes on and on must not fill the memory that all integrations share. */
const mostPages = 2_000;

interface KeptPage<Item> {
  etag: string | undefined;
  items: Item[];
  next: URL | undefined;
}

/** Lists that are asked for again from time to time. Pages that have not changed since are not sent again. */
export class KeptLists<Item> {
  readonly #pages = new Map<string, KeptPage<Item>>();

  /**
   * @param read the items of a page; undefined when they can't be read
   * @param unreadable what is thrown then
   */
  constructor(
    private readonly upstream: Pick<Upstream, 'get'>,
    private readonly read: (json: unknown) => Item[] | undefined,
    private readonly unreadable: () => SourceError,
  ) {}

  /** All items of the list that begins at `first`. */
  async all(first: string, signal: AbortSignal): Promise<Item[]> {
    const items: Item[] = [];
    const seen = new Set<string>();
    for (let target: string | URL | undefined = first; target;) {
      const address = String(target);
      // A list that leads back to itself would never end.
      if (seen.has(address)) break;
      seen.add(address);
      if (seen.size > mostPages) throw this.unreadable();
      const page: KeptPage<Item> = await this.#page(target, signal);
      items.push(...page.items);
      target = page.next;
    }
    return items;
  }

  async #page(target: string | URL, signal: AbortSignal): Promise<KeptPage<Item>> {
    const kept = this.#pages.get(String(target));
    const reading = await this.upstream.get(target, { etag: kept?.etag, signal });
    if (reading.unchanged && kept) return kept;
    const items = reading.unchanged ? undefined : this.read(reading.json);
    if (items === undefined || reading.unchanged) throw this.unreadable();
    const page = { etag: reading.etag, next: reading.next, items };
    this.#pages.set(String(target), page);
    return page;
  }
}

/** What several lists have, by their names, and why some of them can't be told. */
export async function listEach<Asked, Item>(
  lists: Iterable<readonly [name: string, asked: Asked]>,
  list: (asked: Asked) => Promise<Item[]>,
): Promise<{ listings: Map<string, Item[]>; faults: SourceError[] }> {
  const listings = new Map<string, Item[]>();
  const faults: SourceError[] = [];
  for (const [name, asked] of lists) {
    try {
      listings.set(name, await list(asked));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      faults.push(error);
    }
  }
  return { listings, faults };
}
