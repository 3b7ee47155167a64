import type { Histogram, TimelinePage } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askedOf, isReadable } from '../../address/asked.js';
import { type HomeSearch, isTimed } from '../../address/home-search.js';
import { boundsOf, endsInFuture } from '../../address/time-range.js';
import { useCounted } from '../../address/use-counted.js';
import type { HomeChange } from '../../address/use-home.js';
import { apiUrl, getJson } from '../../api/client.js';
import { useZone } from '../../components/clock.js';
import { EmptyWords } from '../../components/coverage/empty-words.js';
import { Instant } from '../../components/instant.js';
import { rangeAround, type Relaxed, relaxations } from './relax.js';

type Props = {
  search: HomeSearch;
  change: HomeChange;
  /** What comes in is kept back. */
  isHeld: boolean;
};

/** Nothing matches: which condition to relax, what that would find, and where the nearest event is. */
export function NoMatch({ search, change, isHeld }: Props) {
  const zone = useZone();
  const [now] = useState(Date.now);
  if (!isReadable(search)) {
    return (
      <div className="empty">
        <h2 className="text-lg font-semibold">This query cannot be read</h2>
        <p className="text-muted">The bar above says where it breaks off. Mend it there, or begin anew:</p>
        <button type="button" className="button" onClick={change.clear}>
          Show everything
        </button>
      </div>
    );
  }
  const ways = relaxations(search);
  const isOpenEnded = endsInFuture(boundsOf(search, now, zone), now);
  return (
    <div className="empty">
      <h2 className="text-lg font-semibold">No event matches</h2>
      {isOpenEnded && isHeld ? (
        <p>What comes in at present is not shown here, so it may be that something changed.</p>
      ) : (
        <EmptyWords search={search} />
      )}
      <p className="text-muted">
        {isOpenEnded && !isHeld && 'Events that match appear here the moment they come in. '}
        {ways.length > 0 && 'Relax a condition, to find:'}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {ways.map((way) => (
          <RelaxButton key={way.id} way={way} onRelax={change.replace} />
        ))}
        {ways.length > 1 && (
          <button type="button" className="button" onClick={change.clear}>
            Show everything
          </button>
        )}
      </div>
      {isTimed(search) && <Nearest search={search} change={change} />}
    </div>
  );
}

/** A condition to leave out, with how many events there are then. */
function RelaxButton({ way, onRelax }: { way: Relaxed; onRelax(search: HomeSearch): void }) {
  const counted = useCounted(way.search);
  const count = useQuery({
    queryKey: ['relaxed', ...counted.key],
    queryFn: ({ signal }) =>
      getJson<Histogram>(apiUrl('/timeline/histogram', { ...counted.ask(), buckets: 1 }), signal),
    enabled: counted.isReady,
    staleTime: 10_000,
  });
  const total = count.data && (
    <span className="text-muted tabular-nums">
      {count.data.total.toLocaleString('en')}
      {count.data.capped && '+'}
    </span>
  );
  return (
    <button type="button" className="button" onClick={() => onRelax(way.search)}>
      {way.without === undefined ? (
        'Any time'
      ) : (
        <>
          Without <bdi className="max-w-48 truncate">{way.without}</bdi>
        </>
      )}{' '}
      {total}
    </button>
  );
}

/** The events that match and lie closest to the range, before and after it. */
function Nearest({ search, change }: Pick<Props, 'search' | 'change'>) {
  const zone = useZone();
  // A range that moves on must not be asked about anew with every rendering.
  const [now] = useState(Date.now);
  const { q, from, to } = askedOf(search, now, zone);
  const earlier = useNearest({ q, from: undefined, to: from, sort: undefined });
  const later = useNearest({ q, from: to, to: undefined, sort: 'timestamp' });
  const found = [earlier, later].filter((at) => at !== undefined);
  if (found.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-center gap-2">
      {found.map((at) => (
        <button
          key={at}
          type="button"
          className="button"
          onClick={() => change.range(rangeAround(Date.parse(at), search, now, zone))}
        >
          Jump to the nearest {at === earlier ? 'before' : 'after'} <Instant at={at} exact />
        </button>
      ))}
    </div>
  );
}

/** The first event beyond an end of the range; undefined where there is none, or no such end. */
function useNearest(beyond: Record<'q' | 'from' | 'to' | 'sort', string | undefined>) {
  const found = useQuery({
    queryKey: ['nearest', beyond],
    queryFn: ({ signal }) => getJson<TimelinePage>(apiUrl('/timeline', { ...beyond, limit: 1 }), signal),
    enabled: beyond.from !== undefined || beyond.to !== undefined,
    staleTime: 10_000,
  });
  return found.data?.rows[0]?.timestamp;
}
