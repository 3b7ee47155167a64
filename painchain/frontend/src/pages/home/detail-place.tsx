import { lazy, Suspense } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { ErrorBoundary } from '../../components/error-boundary.js';
import { Sheet } from '../../components/sheet.js';

const EventDetail = lazy(() =>
  import('../../features/event/event-detail.js').then((module) => ({ default: module.EventDetail })),
);
const AroundView = lazy(() =>
  import('../../features/around/around-view.js').then((module) => ({ default: module.AroundView })),
);

type Props = { search: HomeSearch; change: HomeChange; folds: Map<string, boolean>; narrow: boolean };

/** Where the open event stands: beside the list, or as a sheet on a narrow screen. */
export function DetailPlace({ search, change, folds, narrow }: Props) {
  const detail = search.e !== undefined && (
    <ErrorBoundary
      key={search.e}
      fallback={<p className="p-4 text-muted">This event cannot be shown here.</p>}
    >
      <Suspense fallback={<p className="p-4 text-muted">Loading…</p>}>
        <EventDetail
          id={search.e}
          search={search}
          change={change}
          folds={folds}
          around={(at) => <AroundView at={at} search={search} change={change} isCompact />}
        />
      </Suspense>
    </ErrorBoundary>
  );
  if (narrow) {
    return (
      <Sheet open={search.e !== undefined} onClose={change.close} title="Event" framed={false}>
        {detail}
      </Sheet>
    );
  }
  return (
    detail && (
      <aside className="detail" aria-label="Event details">
        {detail}
      </aside>
    )
  );
}
