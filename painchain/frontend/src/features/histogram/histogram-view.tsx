import type { Capped } from '@painchain/contract';
import { ChevronDown, ChevronRight, Table2 } from 'lucide-react';
import { lazy, useContext, useMemo, useState } from 'react';
import { isReadable } from '../../address/asked.js';
import { readQuery } from '../../address/conditions.js';
import { type HomeSearch, type Stacking, stackings } from '../../address/home-search.js';
import { zoomedOut } from '../../address/moved-range.js';
import type { Counted } from '../../address/use-counted.js';
import { useCoverage } from '../../address/use-coverage.js';
import type { HomeChange } from '../../address/use-home.js';
import { isUnreachable } from '../../api/problem-error.js';
import { classNames } from '../../components/class-names.js';
import { useZone } from '../../components/clock.js';
import { ConnectorTypesContext } from '../../components/connector-mark.js';
import { IconButton } from '../../components/icon-button.js';
import { Loaded } from '../../components/loaded.js';
import { ProblemLine } from '../../components/problem-line.js';
import { useIsNarrow } from '../../components/use-media.js';
import { type Bucket, bucketsOf, partialBucket } from './buckets.js';
import { coloursOf } from './colours.js';
import { CoverageLine } from './coverage-line.js';
import { Legend } from './legend.js';
import { Plot } from './plot.js';
import { labelOf, legendOf, stackingNames } from './series.js';
import { countText, summaryText } from './texts.js';
import type { useHistogram } from './use-histogram.js';

const HistogramTable = lazy(() =>
  import('./histogram-table.js').then((module) => ({ default: module.HistogramTable })),
);

type Props = {
  search: HomeSearch;
  change: HomeChange;
  counted: Counted;
  shown: ReturnType<typeof useHistogram>;
  width: number;
  isOpen: boolean;
  onFold(): void;
};

const height = { wide: 52, narrow: 44 };

/** What was counted as bars, with their legend and what can be done with them. */
export function HistogramView({ search, change, counted, shown, width, isOpen, onFold }: Props) {
  const narrow = useIsNarrow();
  const [hasTable, setHasTable] = useState(false);
  const [hasDetails, setHasDetails] = useState(false);
  const { answer, failures, query } = shown;
  const buckets = useMemo(() => answer && bucketsOf(answer, failures), [answer, failures]);
  const series = useSeries(search, shown);
  return (
    <>
      <div className="histogram-head">
        <button
          type="button"
          className="histogram-fold"
          aria-expanded={isOpen}
          title={isOpen ? 'Fold the histogram' : 'Show the histogram'}
          onClick={onFold}
        >
          {isOpen ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
          {buckets && isOpen ? countText(totals(buckets).events, 'event') : 'Histogram'}
        </button>
        {isOpen && narrow && (
          <button
            type="button"
            className="text-button"
            aria-expanded={hasDetails}
            onClick={() => setHasDetails(!hasDetails)}
          >
            {hasDetails ? 'Less' : 'Legend'}
          </button>
        )}
        {isOpen && (!narrow || hasDetails) && (
          <>
            {buckets && <Legend {...series} {...totals(buckets)} by={shown.by} change={change} />}
            <Stackings by={search.by ?? 'connector'} change={change} />
            <IconButton
              label="Show as a table"
              aria-pressed={hasTable}
              onClick={() => setHasTable(!hasTable)}
            >
              <Table2 size={15} />
            </IconButton>
          </>
        )}
      </div>
      {isOpen && (
        <div className={classNames(query.isPlaceholderData && 'dimmed')} aria-busy={query.isFetching}>
          <Picture
            shown={shown}
            buckets={buckets}
            {...series}
            search={search}
            isComing={isReadable(search) && !counted.fault && !query.isError}
            width={width}
            narrow={narrow}
            change={change}
          />
          <Faults counted={counted} shown={shown} />
          {shown.capped && <CappedNote capped={shown.capped} />}
          {hasTable && buckets && (
            <Loaded>
              <HistogramTable buckets={buckets} labels={series.labels} />
            </Loaded>
          )}
        </div>
      )}
    </>
  );
}

/** The values that bars are split by, with what they are called and how they look. */
function useSeries(search: HomeSearch, { answer, by }: ReturnType<typeof useHistogram>) {
  const types = useContext(ConnectorTypesContext);
  return useMemo(() => {
    const series = answer?.series ?? [];
    const nameOf = (value: string) => types.get(value)?.name;
    const colours = coloursOf(series, by, (value) => types.get(value)?.color);
    const reading = readQuery(search.q);
    const entries = 'query' in reading ? legendOf(series, colours, by, reading.query, nameOf) : [];
    return { colours, entries, labels: series.map(({ value }) => labelOf(value, by, nameOf)) };
  }, [answer, by, types, search.q]);
}

function totals(buckets: readonly Bucket[]): { events: number; others: number; failures: number } {
  return {
    events: buckets.reduce((sum, { count }) => sum + count, 0),
    others: buckets.reduce((sum, { others }) => sum + others, 0),
    failures: buckets.reduce((sum, { failures }) => sum + failures, 0),
  };
}

type PictureProps = {
  shown: ReturnType<typeof useHistogram>;
  buckets: readonly Bucket[] | undefined;
  labels: readonly string[];
  colours: readonly string[];
  search: HomeSearch;
  /** Whether an answer is on its way. */
  isComing: boolean;
  width: number;
  narrow: boolean;
  change: HomeChange;
};

function Picture(props: PictureProps) {
  const { shown, buckets, labels, colours, search, isComing, width, narrow, change } = props;
  const zone = useZone();
  const { coverage } = useCoverage(search);
  const tall = narrow ? height.narrow : height.wide;
  if (!buckets || width === 0) {
    return (
      isComing && (
        <div className="histogram-skeleton" style={{ height: tall }} role="status" aria-label="Counting" />
      )
    );
  }
  const zoom = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    change.range({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
  const partial = partialBucket(buckets, shown.endsNow, shown.query.dataUpdatedAt);
  const out = () => {
    const wider = zoomedOut(search, Date.now(), zone);
    if (wider) change.range(wider);
  };
  return (
    <>
      <p className="sr-only">{summaryText(buckets, zone, shown.failures !== undefined)}</p>
      <Plot
        buckets={buckets}
        width={width}
        height={tall}
        colours={colours}
        partial={partial}
        onZoom={zoom}
        onOut={out}
        labels={labels}
      >
        {coverage && <CoverageLine coverage={coverage} buckets={buckets} width={width} partial={partial} />}
      </Plot>
    </>
  );
}

function Stackings({ by, change }: { by: Stacking; change: HomeChange }) {
  return (
    <div className="segments histogram-by" role="group" aria-label="Split bars by">
      {stackings.map((each) => (
        <button
          key={each}
          type="button"
          className={classNames('segment', each === by && 'segment-on')}
          aria-pressed={each === by}
          onClick={() => change.set({ by: each === 'connector' ? undefined : each })}
        >
          {stackingNames[each]}
        </button>
      ))}
    </div>
  );
}

type FaultsProps = { counted: Counted; shown: ReturnType<typeof useHistogram> };

/** What could not be counted. That the backend is away is said by the page, once, while the last answer stays. */
function Faults({ counted, shown: { query, failuresQuery, answer } }: FaultsProps) {
  const isKnown = answer !== undefined && isUnreachable(query.error ?? failuresQuery.error);
  if (isKnown) return null;
  if (query.isError) {
    return (
      <ProblemLine
        what="The events could not be counted"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (counted.fault) {
    return (
      <ProblemLine
        what="The first event could not be found"
        error={counted.fault.error}
        onRetry={counted.fault.retry}
      />
    );
  }
  return (
    failuresQuery.isError && (
      <ProblemLine
        what="The failures could not be counted"
        error={failuresQuery.error}
        onRetry={() => void failuresQuery.refetch()}
      />
    )
  );
}

function CappedNote({ capped }: { capped: Capped }) {
  return (
    <p className="histogram-note" title={capped.detail}>
      Striped stretches are not counted in full: <bdi>{capped.detail}</bdi>
    </p>
  );
}
