import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '../../components/error-boundary.js';
import { Sheet } from '../../components/sheet.js';
import type { HomeSearch } from './search.js';
import type { HomeChange } from './use-home-search.js';

const EventDetail = lazy(() =>
  import('./event-detail.js').then((module) => ({ default: module.EventDetail })),
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
          tab={search.tab ?? 'overview'}
          folds={folds}
          onTab={change.tab}
          onFilter={(field, value) => change.filter(field, [value])}
          onClose={change.close}
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
