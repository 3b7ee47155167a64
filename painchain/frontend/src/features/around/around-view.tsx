import { type ReactNode, useEffect, useRef, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { defaultWindow, type HomeSearch } from '../../address/home-search.js';
import { firstMs, lastMs } from '../../address/moments.js';
import { spanOf } from '../../address/time-range.js';
import type { HomeChange } from '../../address/use-home.js';
import { getCoverage } from '../../api/coverage.js';
import { useNow } from '../../components/clock.js';
import { ProblemBox } from '../../components/problem-box.js';
import { AroundControls, AroundHead } from './around-head.js';
import { CoverageWords, GapNotice } from './coverage-notice.js';
import { LaneList } from './lane-list.js';
import { type Around, mostRows, useAround } from './use-around.js';
import '../../styles/around.css';

type Props = {
  /** The moment, ISO 8601. */
  at: string;
  search: HomeSearch;
  change: HomeChange;
  /** In the panel of an event, where there is little room. */
  isCompact?: boolean;
  /** What the page offers to do with what is shown. */
  tools?: ReactNode;
};

const healthEveryMs = 10_000;
/** What is older than this is hardly seen any better by waiting. */
const settledMs = 3_600_000;

/** What happened around a moment, everywhere. */
export function AroundView({ at, search, change, isCompact = false, tools }: Props) {
  const now = useNow();
  // In the panel the window is nobody else's: the address has one only together with its moment.
  const [ownWindow, setOwnWindow] = useState<string>();
  const [matchesOnly, setMatchesOnly] = useState(false);
  const width = (isCompact ? ownWindow : search.w) ?? defaultWindow;
  const atMs = Date.parse(at);
  const halfMs = spanOf(width) ?? 0;
  const toMs = atMs + halfMs;
  const isFiltered = matchesOnly && search.q !== undefined;
  const around = useAround({
    atMs,
    halfMs,
    q: isFiltered ? search.q : undefined,
    isOpenEnded: toMs > now,
  });
  const from = new Date(Math.max(firstMs, atMs - halfMs)).toISOString();
  const to = new Date(Math.min(lastMs, toMs)).toISOString();
  const { data: coverage } = useQuery({
    queryKey: ['coverage-around', from, to],
    queryFn: ({ signal }) => getCoverage({ from, to }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: toMs > now - settledMs && healthEveryMs,
    retry: false,
  });
  const view = useRef<HTMLElement>(null);
  // The row that led here is gone, and the focus with it.
  useEffect(() => {
    if (document.activeElement === document.body) view.current?.focus({ preventScroll: true });
  }, []);
  const onMoment = (ms: number) => change.around(new Date(ms).toISOString(), width);
  const controls = (
    <AroundControls
      width={width}
      onWidth={isCompact ? setOwnWindow : (w) => change.around(at, w)}
      matchesOnly={isFiltered}
      onMatchesOnly={search.q === undefined ? undefined : setMatchesOnly}
    />
  );
  return (
    <section
      ref={view}
      tabIndex={-1}
      className="around"
      aria-label={isCompact ? 'Around this event' : 'Around a moment'}
    >
      <AroundHead
        atMs={atMs}
        isCompact={isCompact}
        isEventOpen={search.e !== undefined}
        controls={controls}
        tools={tools}
        onMoment={onMoment}
        onLeave={change.leaveAround}
      />
      {coverage && <GapNotice coverage={coverage} />}
      {around.isError && (
        <div className="p-3">
          <ProblemBox
            error={around.error}
            what="What happened around this moment could not be loaded"
            onRetry={() => void around.refetch()}
          />
        </div>
      )}
      {around.isPending && <Loading />}
      {around.data && (
        <>
          <div className="around-words">
            <p role="status">
              {around.isPlaceholderData
                ? 'Looking at this window…'
                : countWords(around.data, isFiltered, coverage?.verdict === 'complete')}
            </p>
            {coverage && <CoverageWords coverage={coverage} />}
          </div>
          {around.data.rows.length > 0 && (
            <LaneList
              key={`${at} ${width}`}
              rows={around.data.rows}
              atMs={atMs}
              halfMs={halfMs}
              isDimmed={around.isPlaceholderData}
              hasKeys={!isCompact}
              openId={search.e}
              onOpen={isCompact ? (id) => change.set({ e: id }) : change.open}
              onMoment={onMoment}
            />
          )}
        </>
      )}
    </section>
  );
}

function countWords(
  { rows, isCutBefore, isCutAfter }: Around,
  isFiltered: boolean,
  isProved: boolean,
): string {
  if (rows.length === 0)
    return isFiltered
      ? 'Nothing that matches the query changed in this window.'
      : isProved
        ? 'Nothing changed in this window.'
        : 'No change is known in this window.';
  const projects = new Set(rows.map(({ project }) => project)).size;
  const counted = `${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'event' : 'events'} in ${projects} ${projects === 1 ? 'project' : 'projects'}.`;
  const sides = [isCutBefore && 'before', isCutAfter && 'after'].filter((side) => side !== false);
  if (sides.length === 0) return counted;
  return `${counted} Of those ${sides.join(' and ')} the moment only the closest ${mostRows.toLocaleString('en')} are shown.`;
}

function Loading() {
  return (
    <div
      className="flex flex-col gap-4 p-4"
      role="status"
      aria-label="Loading what happened around this moment"
    >
      {['w-2/3', 'w-1/2', 'w-3/4', 'w-2/5'].map((width) => (
        <span key={width} className={`skeleton ${width}`} />
      ))}
    </div>
  );
}
