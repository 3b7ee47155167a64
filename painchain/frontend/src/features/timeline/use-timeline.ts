import type { TimelinePage } from '@painchain/contract';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useMemo, useReducer, useState } from 'react';
import { apiUrl, getJson } from '../../api/client.js';
import { useNow, useZone, type Zone } from '../../components/clock.js';
import { mergeRows, withoutAged } from './merge-rows.js';
import { askedOf, isReadable, useAskedSearch } from '../../address/asked.js';
import type { HomeSearch } from '../../address/home-search.js';
import { boundsOf, endsInFuture } from '../../address/time-range.js';
import { orderOf } from './order.js';
import { useLiveRows } from './use-live-rows.js';

const pageRows = 200;
/** As many as stay in memory: 10,000 rows. Those at the other end come back when somebody scrolls there. */
const mostPages = 50;
type PageParameter = { cursor?: string };
const firstPage: PageParameter = {};

type Request = { search: HomeSearch; zone: Zone; sort: string | undefined; fields: string[] | undefined };

function fetchPage({ search, zone, sort, fields }: Request, cursor?: string, signal?: AbortSignal) {
  const asked = askedOf(search, Date.now(), zone);
  return getJson<TimelinePage>(
    apiUrl('/timeline', { ...asked, sort, fields, cursor, limit: pageRows }),
    signal,
  );
}

type Pages = InfiniteData<TimelinePage, PageParameter>;

/** What stays on the screen while everything is loaded anew. */
function firstPageOnly(data: Pages | undefined): Pages | undefined {
  return data && { pages: data.pages.slice(0, 1), pageParams: [{}] };
}

/** The present, which stands still while nothing may move. */
function useHeldNow(held: boolean): number {
  const now = useNow();
  const [heldNow, setHeldNow] = useState(now);
  if (!held && heldNow !== now) setHeldNow(now);
  return held ? heldNow : now;
}

/** The rows of an address: pages both ways, and the live tail behind them. */
export function useTimeline(search: HomeSearch, held: boolean, reading: RefObject<boolean>) {
  const zone = useZone();
  const rowsSearch = useAskedSearch(search);
  const { sort, stillBecause } = orderOf(search);
  const fields = useStable(search.cols);
  const request = useMemo(
    () => ({ search: rowsSearch, zone, sort, fields }),
    [rowsSearch, zone, sort, fields],
  );
  const { query, key, reload, generation } = usePages(request);
  const pages = query.data?.pages;
  const loaded = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const now = useHeldNow(held);
  const { fromMs = -Infinity, ...until } = boundsOf(rowsSearch, now, zone);
  const live = useLiveRows({
    search: rowsSearch,
    loaded,
    cursor: useFirstCursor(key, query.isPlaceholderData ? undefined : (query.data as Pages | undefined)),
    fields,
    generation,
    // With newer pages still to come there is no place where a new row could go.
    held: held || query.hasPreviousPage,
    reading,
    active: stillBecause === undefined && endsInFuture(until, now),
    poll: useCallback(async () => (await fetchPage(request)).rows, [request]),
    reload,
  });
  const { hasNextPage, hasPreviousPage } = query;
  const merged = useMemo(
    () => mergeRows(loaded, live.rows, hasNextPage, hasPreviousPage),
    [loaded, live.rows, hasNextPage, hasPreviousPage],
  );
  const rows = useMemo(
    () => (stillBecause === undefined ? withoutAged(merged, fromMs) : merged),
    [merged, fromMs, stillBecause],
  );
  return { query, rows, live, reload };
}

function usePages(request: Request) {
  const { search, zone, sort, fields } = request;
  // A relative day such as `today` begins at another instant in another zone.
  const key = useMemo(
    () => ['timeline', search, search.range && zone, sort, fields],
    [search, zone, sort, fields],
  );
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) => fetchPage(request, pageParam.cursor, signal),
    getNextPageParam: (page) => (page.next_cursor === null ? undefined : { cursor: page.next_cursor }),
    getPreviousPageParam: (page) => (page.prev_cursor === null ? undefined : { cursor: page.prev_cursor }),
    maxPages: mostPages,
    // Nobody can answer what can't be read; what was found before stays meanwhile.
    enabled: isReadable(search),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
  });
  const [generation, renew] = useReducer((count: number) => count + 1, 0);
  const reload = useCallback(async () => {
    client.setQueryData(key, firstPageOnly);
    await client.invalidateQueries({ queryKey: key });
    renew();
  }, [client, key]);
  return { query, key, reload, generation };
}

/**
 * Where the tail begins: behind the first page that was loaded. It stays so when that page is let go, since the tail
 * has gone on without a hole from there.
 */
function useFirstCursor(key: unknown[], data: Pages | undefined): string | undefined {
  const [kept, keep] = useState<{ key: unknown[]; cursor: string }>();
  const index = data?.pageParams.findIndex(({ cursor }) => cursor === undefined) ?? -1;
  const first =
    data?.pages[index]?.live_cursor ?? (kept?.key === key ? kept.cursor : data?.pages[0]?.live_cursor);
  if (data && first !== undefined && (kept?.key !== key || kept.cursor !== first))
    keep({ key, cursor: first });
  return data && first;
}

/** The same list as long as it says the same: an address that is read again makes another one. */
function useStable(list: string[] | undefined): string[] | undefined {
  const [kept, keep] = useState(list);
  if (JSON.stringify(kept) === JSON.stringify(list)) return kept;
  keep(list);
  return list;
}

export type Timeline = ReturnType<typeof useTimeline>;
