import { useEffect } from 'react';
import type { useTimeline } from './use-timeline.js';

/**
 * Asks for the next page by itself where the last one came without rows because its time was over: there is nothing
 * that a reader could scroll. Gives up to where was looked, while it goes on.
 */
export function useLookFurther(query: ReturnType<typeof useTimeline>['query']): string | undefined {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const last = data?.pages.at(-1);
  const goesOn = hasNextPage && last?.rows.length === 0;
  useEffect(() => {
    if (goesOn && !isFetching && !isError) void fetchNextPage();
  }, [goesOn, isFetching, isError, fetchNextPage]);
  return goesOn ? (last.capped?.reached ?? undefined) : undefined;
}
