import type { Facets } from '@painchain/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Counted } from '../../address/use-counted.js';
import { apiUrl, getJson } from '../../api/client.js';

const liveEveryMs = 30_000;
const fewValues = 10;

type Options = {
  counted: Counted;
  fields: readonly string[];
  contains?: string;
  limit?: number;
  isShown?: boolean;
};

/** How often the values of these fields occur, asked about all of them at once. */
export function useFacets({ counted, fields, contains = '', limit = fewValues, isShown = true }: Options) {
  const parameters = { field: fields, limit, contains: contains === '' ? undefined : contains };
  return useQuery({
    queryKey: ['facets', counted.key, parameters],
    queryFn: ({ signal }) =>
      getJson<Facets>(apiUrl('/timeline/facets', { ...counted.ask(), ...parameters }), signal),
    enabled: counted.isReady && isShown && fields.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: counted.isLive && liveEveryMs,
  });
}
