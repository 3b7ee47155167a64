import type { Histogram } from '@painchain/contract';
import { badStatuses } from '@painchain/contract/tone';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Stacking } from '../../address/home-search.js';
import type { Counted } from '../../address/use-counted.js';
import { apiUrl, getJson } from '../../api/client.js';
import { useZone, type Zone } from '../../components/clock.js';

const liveEveryMs = 10_000;
const failuresKeptMs = 60_000;

/** The reader's zone by a name that the backend knows, too. */
function zoneId(zone: Zone): string {
  return zone === 'utc' ? 'UTC' : (Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC');
}

type Options = { counted: Counted; by: Stacking; buckets: number; isShown: boolean };

/** How many events happened when, and how many of them were failures. */
export function useHistogram({ counted, by, buckets, isShown }: Options) {
  const zone = zoneId(useZone());
  const parameters = { zone, buckets, by: by === 'none' ? undefined : by };
  const query = useQuery({
    queryKey: ['histogram', counted.key, parameters],
    queryFn: async ({ signal }) => {
      const asked = counted.ask();
      const answer = await getJson<Histogram>(
        apiUrl('/timeline/histogram', { ...asked, ...parameters }),
        signal,
      );
      return { answer, asked, by };
    },
    enabled: counted.isReady && isShown && buckets > 0,
    placeholderData: keepPreviousData,
    refetchInterval: counted.isLive && liveEveryMs,
  });
  const whole = query.data?.answer;
  // Of the very same time, so that the buckets are the same.
  const range = { from: whole?.from, to: whole?.to };
  const q = query.data?.asked.q;
  const failuresQuery = useQuery({
    queryKey: ['histogram-failures', q, range, parameters],
    queryFn: async ({ signal }) => {
      const asked = { ...parameters, ...range, q, status: badStatuses };
      return { answer: await getJson<Histogram>(apiUrl('/timeline/histogram', asked), signal), q };
    },
    enabled: whole !== undefined && !query.isPlaceholderData && isShown,
    placeholderData: keepPreviousData,
    gcTime: failuresKeptMs,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // Those of the last answer serve until the next ones are there, as long as they fit its buckets.
  const last = failuresQuery.data;
  const failures = last?.q === q && last?.answer.step === whole?.step ? last?.answer : undefined;
  return {
    query,
    failuresQuery,
    /** What the shown answer is split by, which is not what is asked for while that is on its way. */
    by: query.data?.by ?? by,
    answer: whole,
    failures,
    endsNow: query.data?.asked.to === undefined,
    capped: whole?.capped ?? failures?.capped ?? undefined,
  };
}
