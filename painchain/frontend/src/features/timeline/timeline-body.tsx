import type { ConnectorTypeView, IntegrationView } from '@painchain/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { lazy, type Ref, useCallback } from 'react';
import { type HomeSearch, isAsked } from '../../address/home-search.js';
import { boundsOf } from '../../address/time-range.js';
import type { HomeChange } from '../../address/use-home.js';
import { useNow, useZone } from '../../components/clock.js';
import { Loaded } from '../../components/loaded.js';
import { ProblemBox } from '../../components/problem-box.js';
import { orderOf } from './order.js';
import { TimelineSkeleton } from './skeleton.js';
import { type GridHandle, TimelineGrid } from './timeline-grid.js';
import { useLookFurther } from './use-look-further.js';
import type { Pause } from './use-pause.js';
import type { useTimeline } from './use-timeline.js';

const EmptyState = lazy(() => import('./empty-state.js').then((module) => ({ default: module.EmptyState })));

type Props = {
  timeline: ReturnType<typeof useTimeline>;
  search: HomeSearch;
  change: HomeChange;
  integrations: UseQueryResult<IntegrationView[]>;
  types: ConnectorTypeView[];
  gridRef: Ref<GridHandle>;
  pause: Pause;
};

/** The rows, or a word about why there are none. */
export function TimelineBody(props: Props) {
  const { timeline, search, change } = props;
  const { query, rows, live, reload } = timeline;
  const { fetchNextPage, hasNextPage, hasPreviousPage, isPlaceholderData } = query;
  const near = useNear(query);
  const reached = useLookFurther(query);
  const sinceMs = useSince(search);
  if (query.isLoading) return <TimelineSkeleton />;
  const problem = query.isError && (
    <ProblemBox
      error={query.error}
      what="The timeline could not be loaded"
      onRetry={() => void (query.isFetchNextPageError ? fetchNextPage() : reload())}
    />
  );
  if (rows.length === 0) {
    return (
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        {problem ? (
          <div className="mx-auto max-w-3xl px-4 py-12">{problem}</div>
        ) : (isPlaceholderData && query.isFetching) || (!isAsked(search) && !props.integrations.data) ? (
          <TimelineSkeleton />
        ) : (
          <Loaded fallback={<TimelineSkeleton />}>
            <EmptyState
              search={search}
              change={change}
              integrations={props.integrations.data ?? []}
              types={props.types}
              reached={reached}
              isHeld={props.pause.paused || orderOf(search).stillBecause !== undefined}
            />
          </Loaded>
        )}
      </div>
    );
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <TimelineGrid
        ref={props.gridRef}
        rows={rows}
        fresh={live.fresh}
        onSettle={live.settle}
        search={search}
        change={change}
        pause={props.pause}
        moreAbove={hasPreviousPage}
        moreBelow={hasNextPage}
        isWhole={!hasNextPage && !isPlaceholderData}
        sinceMs={sinceMs}
        dimmed={isPlaceholderData}
        onNear={near}
      />
      {problem}
    </div>
  );
}

function useNear(query: ReturnType<typeof useTimeline>['query']) {
  const { fetchNextPage, fetchPreviousPage, hasNextPage, hasPreviousPage, isFetching, isError } = query;
  return useCallback(
    (end: 'top' | 'bottom') => {
      // An end that failed is tried again by the reader, not by every pixel scrolled.
      if (isFetching || isError) return;
      if (end === 'bottom' && hasNextPage) void fetchNextPage();
      if (end === 'top' && hasPreviousPage) void fetchPreviousPage();
    },
    [isFetching, isError, hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage],
  );
}

/** Where the range begins, to the minute so that a range that moves on doesn't render all the time. */
function useSince(search: HomeSearch): number | undefined {
  const minuteMs = 60_000;
  const { fromMs } = boundsOf(search, Math.floor(useNow() / minuteMs) * minuteMs, useZone());
  return fromMs;
}
