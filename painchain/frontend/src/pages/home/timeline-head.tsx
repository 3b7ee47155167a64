import type { ReactNode } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { ErrorBoundary } from '../../components/error-boundary.js';
import { CoverageButton } from '../../features/coverage/coverage-button.js';
import { FacetsButton } from '../../features/facets/facets.js';
import { Histogram } from '../../features/histogram/histogram.js';
import { ArrangeBar } from '../../features/timeline/arrange-bar.js';
import { CountRow } from '../../features/timeline/count-row.js';
import type { LiveView } from '../../features/timeline/live-badge.js';
import type { Timeline } from '../../features/timeline/use-timeline.js';

type Props = {
  search: HomeSearch;
  change: HomeChange;
  timeline: Timeline;
  view: LiveView;
  narrow: boolean;
  /** What the page offers to do with what is shown. */
  tools: ReactNode;
};

/** What stands above the rows: when it happened, how much there is, and how it is laid out. */
export function TimelineHead({ search, change, timeline, view, narrow, tools }: Props) {
  const { query, rows, live } = timeline;
  return (
    <>
      <ErrorBoundary fallback={<p className="p-3 text-muted">The histogram cannot be shown.</p>}>
        <Histogram search={search} change={change} />
      </ErrorBoundary>
      <div className="count-place">
        <CountRow
          rows={query.data && rows.length}
          more={query.hasNextPage}
          loadingMore={query.isFetchingNextPage}
          updatedAt={Math.max(query.dataUpdatedAt, live.updatedAt)}
          live={view}
          capped={view.stillBecause === undefined ? undefined : query.data?.pages[0]?.capped?.detail}
          onRefresh={() => void timeline.reload()}
        />
        <CoverageButton search={search} />
        <ArrangeBar search={search} change={change} />
        {narrow && <FacetsButton search={search} change={change} />}
        {tools}
      </div>
    </>
  );
}
