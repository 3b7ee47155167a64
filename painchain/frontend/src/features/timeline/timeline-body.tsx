import type { ConnectorTypeView, IntegrationView } from '@painchain/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { type Ref, useCallback } from 'react';
import { ProblemBox } from '../../components/problem-box.js';
import { LookingFurther, NoMatch, NothingConnected, NothingYet } from './empty-states.js';
import { type HomeSearch, isAsked } from '../../address/home-search.js';
import { TimelineSkeleton } from './skeleton.js';
import { type GridHandle, TimelineGrid } from './timeline-grid.js';
import type { HomeChange } from '../../address/use-home.js';
import { useLookFurther } from './use-look-further.js';
import type { useTimeline } from './use-timeline.js';

type Props = {
  timeline: ReturnType<typeof useTimeline>;
  search: HomeSearch;
  change: HomeChange;
  integrations: UseQueryResult<IntegrationView[]>;
  types: ConnectorTypeView[];
  activeId: string | undefined;
  gridRef: Ref<GridHandle>;
  onScroll(offset: number): void;
};

/** The rows, or a word about why there are none. */
export function TimelineBody(props: Props) {
  const { timeline, search, change } = props;
  const { query, rows, newerPages, reload } = timeline;
  const { fetchNextPage, fetchPreviousPage, hasNextPage, hasPreviousPage, isFetching, isError } = query;
  const near = useCallback(
    (end: 'top' | 'bottom') => {
      // An end that failed is tried again by the reader, not by every pixel scrolled.
      if (isFetching || isError) return;
      if (end === 'bottom' && hasNextPage) void fetchNextPage();
      if (end === 'top' && hasPreviousPage) void fetchPreviousPage();
    },
    [isFetching, isError, hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage],
  );
  const reached = useLookFurther(query);
  if (query.isPending) return <TimelineSkeleton />;
  const problem = query.isError && (
    <ProblemBox
      error={query.error}
      what="The timeline could not be loaded"
      onRetry={() => void (query.isFetchNextPageError ? fetchNextPage() : reload())}
    />
  );
  if (rows.length === 0) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto">
        {problem ? (
          <div className="mx-auto max-w-3xl px-4 py-12">{problem}</div>
        ) : (
          <Empty {...props} reached={reached} />
        )}
      </div>
    );
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <TimelineGrid
        ref={props.gridRef}
        rows={rows}
        selectedId={search.e}
        activeId={props.activeId}
        more={hasNextPage || hasPreviousPage}
        newerPages={newerPages}
        dimmed={query.isPlaceholderData}
        onOpen={change.open}
        onScroll={props.onScroll}
        onNear={near}
      />
      {problem}
    </div>
  );
}

function Empty({
  timeline,
  search,
  change,
  integrations,
  types,
  reached,
}: Props & { reached: string | undefined }) {
  if (timeline.query.isPlaceholderData) return <TimelineSkeleton />;
  if (reached !== undefined) return <LookingFurther reached={reached} />;
  if (isAsked(search)) {
    return (
      <NoMatch
        search={search}
        onEdit={change.edit}
        onAnyTime={() => change.range({})}
        onClear={change.clear}
      />
    );
  }
  if (!integrations.data) return <TimelineSkeleton />;
  return integrations.data.length === 0 ? (
    <NothingConnected types={types} />
  ) : (
    <NothingYet integrations={integrations.data} />
  );
}
