import { type CSSProperties, lazy, type ReactNode, Suspense, useState } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { ErrorBoundary } from '../../components/error-boundary.js';
import { usePreference } from '../../components/preferences.js';
import { Sheet } from '../../components/sheet.js';
import { DetailEdge } from './detail-edge.js';
import { widthOf } from './detail-width.js';

const EventDetail = lazy(() =>
  import('../../features/event/event-detail.js').then((module) => ({ default: module.EventDetail })),
);
const AroundView = lazy(() =>
  import('../../features/around/around-view.js').then((module) => ({ default: module.AroundView })),
);

type Props = {
  search: HomeSearch;
  change: HomeChange;
  folds: Map<string, boolean>;
  narrow: boolean;
  /** Whether it stands over all of the list. */
  isFull: boolean;
  onFull(is: boolean): void;
  /** Closes the event, and gives the focus back to its row. */
  onClose(): void;
};

/** Where the open event stands: beside the list, over all of it, or as a sheet on a narrow screen. */
export function DetailPlace({ search, change, folds, narrow, isFull, onFull, onClose }: Props) {
  const isOpen = search.e !== undefined;
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
          fullness={narrow ? undefined : { isFull, onFull }}
          onClose={onClose}
          renderAround={(at) => <AroundView at={at} search={search} change={change} isCompact />}
        />
      </Suspense>
    </ErrorBoundary>
  );
  if (narrow) {
    return (
      <Sheet open={isOpen} onClose={onClose} title="Event" framed={false}>
        {detail}
      </Sheet>
    );
  }
  return detail && <Beside isFull={isFull}>{detail}</Beside>;
}

/** Beside the list, as wide as this browser likes it; or over all of it. */
function Beside({ isFull, children }: { isFull: boolean; children: ReactNode }) {
  const [preferred, prefer] = usePreference('detail-width');
  const [dragged, setDragged] = useState<number>();
  const width = dragged ?? widthOf(preferred);
  return (
    <aside
      className={classNames('detail', isFull && 'detail-full')}
      style={{ '--detail-width': `${width}px` } as CSSProperties}
      aria-label="Event details"
    >
      {!isFull && (
        <DetailEdge
          width={width}
          onWidth={(next, isDone) => {
            setDragged(isDone ? undefined : next);
            if (isDone) prefer(String(next));
          }}
        />
      )}
      {children}
    </aside>
  );
}
