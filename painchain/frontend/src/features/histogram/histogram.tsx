import { lazy, Suspense } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import { useCounted } from '../../address/use-counted.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { usePreference } from '../../components/preferences.js';
import { useHistogram } from './use-histogram.js';
import { useWidth } from '../../components/use-width.js';

// It comes while the counting goes on.
const HistogramView = lazy(() =>
  import('./histogram-view.js').then((module) => ({ default: module.HistogramView })),
);

type Props = { search: HomeSearch; change: HomeChange };

const barWidth = 10;
/** Resizing a little must not ask anew. */
const bucketsStep = 20;

function wantedBuckets(width: number): number {
  return width === 0 ? 0 : Math.max(bucketsStep, Math.round(width / barWidth / bucketsStep) * bucketsStep);
}

/** How many events happened when; every stretch of it is a range of time in one click. */
export function Histogram({ search, change }: Props) {
  const [preferred, prefer] = usePreference('histogram');
  const [ref, width] = useWidth();
  const counted = useCounted(search);
  const isOpen = preferred !== 'closed';
  const shown = useHistogram({
    counted,
    by: search.by ?? 'connector',
    buckets: wantedBuckets(width),
    isShown: isOpen,
  });
  if (counted.isEmpty) return null;
  return (
    <section
      className={classNames('histogram', isOpen && 'histogram-open')}
      aria-label="Events over time"
      ref={ref}
    >
      <Suspense>
        <HistogramView
          search={search}
          change={change}
          counted={counted}
          shown={shown}
          width={width}
          isOpen={isOpen}
          onFold={() => prefer(isOpen ? 'closed' : undefined)}
        />
      </Suspense>
    </section>
  );
}
