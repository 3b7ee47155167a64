import type { Coverage } from '@painchain/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getCoverage } from '../api/coverage.js';
import { connectorTypesQuery } from '../api/queries.js';
import { readQuery } from './conditions.js';
import { type Scope, scopeOf } from './coverage-scope.js';
import type { HomeSearch } from './home-search.js';
import { useCounted } from './use-counted.js';

const liveEveryMs = 10_000;
const pastEveryMs = 60_000;
const nothing: Scope = { connectors: [], projects: [], isWhole: false };

/** How completely what an address shows was seen, by the sources that its query speaks of. */
export function useCoverage(search: HomeSearch) {
  const counted = useCounted(search);
  const scope = useMemo(() => {
    const reading = readQuery(search.q);
    return 'query' in reading ? scopeOf(reading.query) : undefined;
  }, [search.q]);
  const { connectors, projects } = scope ?? nothing;
  const types = useQuery(connectorTypesQuery);
  // What happens here can't be missed, and no source tells of it.
  const isOwn = types.data?.some(({ type, mode }) => mode === 'internal' && connectors.includes(type));
  const query = useQuery({
    queryKey: ['coverage', counted.key, connectors, projects],
    queryFn: ({ signal }): Promise<Coverage> => {
      const { from, to } = counted.ask();
      const asked = { to, connector: connectors, project: projects };
      // Nothing is kept at all, so that there is no first event to count from.
      return getCoverage({ ...asked, from: from ?? to ?? new Date().toISOString() }, signal);
    },
    enabled: scope !== undefined && isOwn === false && (counted.isReady || counted.isEmpty),
    placeholderData: keepPreviousData,
    refetchInterval: counted.isLive ? liveEveryMs : pastEveryMs,
    retry: false,
  });
  return {
    coverage: isOwn === true ? undefined : query.data,
    isWhole: (scope ?? nothing).isWhole,
    isStale: query.isPlaceholderData,
  };
}
