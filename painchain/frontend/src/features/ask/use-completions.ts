import type { Facets, Fields } from '@painchain/contract';
import { placeAt } from '@painchain/query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import { useCounted } from '../../address/use-counted.js';
import { apiUrl, getJson } from '../../api/client.js';
import { type Completion, completionsAt, questionAt } from './completion.js';
import { useDebounced } from './use-debounced.js';

const settledAfterMs = 150;
const mostFields = 500;
const mostValues = 50;
const quiet = { staleTime: 30_000, retry: false, placeholderData: keepPreviousData } as const;

/** What can stand at the cursor. It never fails: of what can't be asked for nothing is offered. */
export function useCompletions(
  text: string,
  cursor: number,
  isOpen: boolean,
  search: HomeSearch,
): Completion[] {
  const place = useMemo(() => placeAt(text, cursor), [text, cursor]);
  const question = useDebounced(isOpen ? questionAt(text, place) : undefined, settledAfterMs);
  const { ask } = useCounted(search);
  const fields = question?.kind === 'fields' ? question : undefined;
  const values = question?.kind === 'values' ? question : undefined;
  const toldFields = useQuery({
    queryKey: ['ask-fields', fields],
    queryFn: ({ signal }) =>
      getJson<Fields>(
        apiUrl('/timeline/fields', { prefix: fields?.prefix, q: fields?.q, limit: mostFields }),
        signal,
      ),
    enabled: fields !== undefined,
    ...quiet,
  });
  const toldValues = useQuery({
    queryKey: ['ask-values', values, search.range, search.from, search.to, search.zone],
    queryFn: ({ signal }) => {
      const { from, to } = ask();
      const { field, contains, q } = values ?? {};
      return getJson<Facets>(
        apiUrl('/timeline/facets', { field, contains, q, from, to, limit: mostValues }),
        signal,
      );
    },
    enabled: values !== undefined,
    ...quiet,
  });
  return useMemo(() => {
    const now = questionAt(text, place);
    const facet = toldValues.data?.facets.find(({ field }) => now?.kind === 'values' && field === now.field);
    return completionsAt(text, place, { fields: toldFields.data?.fields ?? [], values: facet?.values ?? [] });
  }, [text, place, toldFields.data, toldValues.data]);
}
