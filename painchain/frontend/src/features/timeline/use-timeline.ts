import type { TimelinePage } from '@painchain/contract';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useReducer, useState } from 'react';
import { apiUrl, getJson } from '../../api/client.js';
import { useNow, useZone, type Zone } from '../../components/clock.js';
import { mergeRows, withoutAged } from './merge-rows.js';
import { askedOf, useAskedSearch } from '../../address/asked.js';
import type { HomeSearch } from '../../address/home-search.js';
import { boundsOf, endsInFuture } from '../../address/time-range.js';
import { useLiveRows } from './use-live-rows.js';

const pageRows = 200;
type PageParameter = { cursor?: string };
const firstPage: PageParameter = {};

function fetchPage(search: HomeSearch, zone: Zone, cursor: string | undefined, signal?: AbortSignal) {
  const url = apiUrl('/timeline', { ...askedOf(search, Date.now(), zone), cursor, limit: pageRows });
  return getJson<TimelinePage>(url, signal);
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
export function useTimeline(search: HomeSearch, held: boolean) {
  const zone = useZone();
  const rowsSearch = useAskedSearch(search);
  // A relative day such as `today` begins at another instant in another zone.
  const queryKey = useMemo(() => ['timeline', rowsSearch, rowsSearch.range && zone], [rowsSearch, zone]);
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) => fetchPage(rowsSearch, zone, pageParam.cursor, signal),
    getNextPageParam: (page) => (page.next_cursor === null ? undefined : { cursor: page.next_cursor }),
    getPreviousPageParam: (page) => (page.prev_cursor === null ? undefined : { cursor: page.prev_cursor }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
  });
  const pages = query.data?.pages;
  const [generation, renew] = useReducer((count: number) => count + 1, 0);
  const reload = useCallback(async () => {
    client.setQueryData(queryKey, firstPageOnly);
    await client.invalidateQueries({ queryKey });
    renew();
  }, [client, queryKey]);
  const loaded = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const now = useHeldNow(held);
  const { fromMs = -Infinity, ...until } = boundsOf(rowsSearch, now, zone);
  const live = useLiveRows({
    search: rowsSearch,
    loaded,
    cursor: query.isPlaceholderData ? undefined : pages?.[0]?.live_cursor,
    generation,
    // With newer pages still to come there is no place where a new row could go.
    held: held || query.hasPreviousPage,
    active: endsInFuture(until, now),
    poll: useCallback(async () => (await fetchPage(rowsSearch, zone, undefined)).rows, [rowsSearch, zone]),
    reload,
  });
  const merged = useMemo(
    () => mergeRows(loaded, live.rows, query.hasNextPage),
    [loaded, live.rows, query.hasNextPage],
  );
  const rows = useMemo(() => withoutAged(merged, fromMs), [merged, fromMs]);
  const parameters = query.data?.pageParams as PageParameter[] | undefined;
  const newerPages = parameters?.findIndex((parameter) => parameter.cursor === undefined) ?? 0;
  return { query, rows, live, reload, newerPages: Math.max(0, newerPages) };
}
