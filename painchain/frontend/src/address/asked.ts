import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { oldestEventQuery } from '../api/queries.js';
import type { Zone } from '../components/clock.js';
import { readQuery } from './conditions.js';
import { type HomeSearch, isTimed } from './home-search.js';
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

/**
 * Where counts begin when the address names no beginning: at the oldest event, so that they cover what the list
 * covers. Undefined while that is not known, and when there is no event.
 */
export function useFirstInstant(search: HomeSearch): string | undefined {
  const isOpenEnded = !isTimed(search) || (search.range === undefined && search.from === undefined);
  const oldest = useQuery({ ...oldestEventQuery, enabled: isOpenEnded });
  return isOpenEnded ? oldest.data : undefined;
}
