import type { TimelinePage, TimelineRow } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { firstMs, lastMs } from '../../address/moments.js';
import { apiUrl, getJson, type QueryParameters } from '../../api/client.js';

const pageRows = 200;
const mostPages = 5;

/** Rows that are loaded before the moment at most, and as many after it. */
export const mostRows = pageRows * mostPages;

/** What happened in a window, and on which side of the moment there is more than was loaded. */
export type Around = { rows: TimelineRow[]; isCutBefore: boolean; isCutAfter: boolean };

type Side = { rows: TimelineRow[]; isCut: boolean };

/** One side of the moment, from the moment outwards, so that what is cut off is what lies furthest away. */
async function sideOf(asked: QueryParameters, signal: AbortSignal): Promise<Side> {
  const rows: TimelineRow[] = [];
  // At an end of time there is no such side.
  if (asked['from'] === asked['to']) return { rows, isCut: false };
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await getJson<TimelinePage>(
      apiUrl('/timeline', { ...asked, cursor, limit: pageRows }),
      signal,
    );
    rows.push(...answer.rows);
    if (answer.next_cursor === null) return { rows, isCut: false };
    cursor = answer.next_cursor;
  }
  return { rows, isCut: true };
}

type Options = { atMs: number; halfMs: number; q: string | undefined; isOpenEnded: boolean };

const againMs = 15_000;

/** Everything around a moment; a window that reaches into the future is asked again and again. */
export function useAround({ atMs, halfMs, q, isOpenEnded }: Options) {
  const at = new Date(atMs).toISOString();
  const from = new Date(Math.max(firstMs, atMs - halfMs)).toISOString();
  // The end of a range is not part of it, and the window's end is.
  const to = new Date(Math.min(lastMs, atMs + halfMs + 1)).toISOString();
  return useQuery({
    queryKey: ['around', at, halfMs, q],
    queryFn: async ({ signal }): Promise<Around> => {
      const [before, after] = await Promise.all([
        sideOf({ q, from, to: at }, signal),
        sideOf({ q, from: at, to, sort: 'timestamp' }, signal),
      ]);
      return { rows: [...before.rows, ...after.rows], isCutBefore: before.isCut, isCutAfter: after.isCut };
    },
    staleTime: againMs,
    refetchInterval: isOpenEnded && againMs,
    placeholderData: (previous) => previous,
  });
}
