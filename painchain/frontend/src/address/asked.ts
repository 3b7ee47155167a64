import { useMemo } from 'react';
import type { Zone } from '../components/clock.js';
import { readQuery } from './conditions.js';
import type { HomeSearch } from './home-search.js';
import { boundsOf } from './time-range.js';

/** What every request about events says: which events, and of what time. */
export type Asked = { q?: string; from?: string; to?: string };

/** The request of an address as seen from `now`. */
export function askedOf(
  search: Pick<HomeSearch, 'q' | 'range' | 'from' | 'to'>,
  now: number,
  zone: Zone,
): Asked {
  const { fromMs, toMs } = boundsOf(search, now, zone);
  return {
    ...(search.q !== undefined && { q: search.q }),
    ...(fromMs !== undefined && { from: new Date(fromMs).toISOString() }),
    ...(toMs !== undefined && { to: new Date(toMs).toISOString() }),
  };
}

/** What decides which events there are; the open event and how they are laid out do not. */
export function useAskedSearch({
  q,
  range,
  from,
  to,
}: HomeSearch): Pick<HomeSearch, 'q' | 'range' | 'from' | 'to'> {
  return useMemo(
    () => ({
      ...(q !== undefined && { q }),
      ...(range !== undefined && { range }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    }),
    [q, range, from, to],
  );
}

/** Whether the query of an address can be read, and so be asked. */
export function isReadable(search: HomeSearch): boolean {
  return 'query' in readQuery(search.q);
}
