import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { oldestEventQuery } from '../api/queries.js';
import { useNow, useZone } from '../components/clock.js';
import { type Asked, askedOf, isReadable, useAskedSearch } from './asked.js';
import type { HomeSearch } from './home-search.js';
import { boundsOf, endsInFuture } from './time-range.js';

/** What counts are asked about, which is what the list shows. */
export type Counted = {
  /** Tells one question from another; the present is no part of it. */
  key: readonly unknown[];
  /** The request as seen from the moment it is made. */
  ask(): Asked;
  /** False while it is not known from when on to count, and while the query can't be read. */
  isReady: boolean;
  /** No event is kept at all. */
  isEmpty: boolean;
  /** New events can still fall into the range. */
  isLive: boolean;
  /** Why it is not known from when on to count. */
  fault: { error: Error; retry(): void } | undefined;
};

const firstEventEveryMs = 10_000;

export function useCounted(search: HomeSearch): Counted {
  const zone = useZone();
  const now = useNow();
  const asked = useAskedSearch(search);
  const isOpenEnded = asked.range === undefined && asked.from === undefined;
  const oldest = useQuery({
    ...oldestEventQuery,
    enabled: isOpenEnded,
    refetchInterval: ({ state }) => (state.data?.rows.length === 0 ? firstEventEveryMs : false),
  });
  const first = isOpenEnded ? oldest.data : undefined;
  return {
    key: [asked, asked.range && zone],
    ask: useCallback(() => sinceFirst(askedOf(asked, Date.now(), zone), first), [asked, zone, first]),
    isReady: isReadable(search) && (!isOpenEnded || first !== undefined),
    isEmpty: isOpenEnded && oldest.isSuccess && first === undefined,
    isLive: endsInFuture(boundsOf(asked, now, zone), now),
    fault:
      isOpenEnded && oldest.isError && first === undefined
        ? { error: oldest.error, retry: () => void oldest.refetch() }
        : undefined,
  };
}

/** A range that ends before the first event has nothing to count, and must not begin after its end. */
export function sinceFirst(asked: Asked, first: string | undefined): Asked {
  const isBefore =
    first !== undefined && (asked.to === undefined || Date.parse(first) < Date.parse(asked.to));
  return isBefore ? { ...asked, from: asked.from ?? first } : asked;
}
