import type { Fields } from '@painchain/contract';
import { limits } from '@painchain/contract/limits';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Counted } from '../../address/use-counted.js';
import { apiUrl, getJson } from '../../api/client.js';
import { ProblemLine } from '../../components/problem-line.js';
import { isAddable } from './facet-list.js';

type Props = { counted: Counted; facets: readonly string[]; onAdd(field: string): void };

const mostShown = 50;

/** The fields that the shown events have, to make a facet of one. */
export function AddFacet({ counted, facets, onAdd }: Props) {
  const [text, setText] = useState('');
  const query = useQuery({
    queryKey: ['fields', counted.key],
    queryFn: ({ signal }) =>
      getJson<Fields>(apiUrl('/timeline/fields', { ...counted.ask(), limit: limits.fields }), signal),
    enabled: counted.isReady,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  if (facets.length >= limits.facets) {
    return <p className="facet-note">These are as many facets as there may be. Remove one first.</p>;
  }
  const wanted = text.trim().toLowerCase();
  const found = (query.data?.fields ?? []).filter(
    ({ field }) => field.toLowerCase().includes(wanted) && isAddable(field, facets),
  );
  return (
    <div className="px-2 pb-3">
      <input
        // The reader has just asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        type="search"
        className="field-input facet-search"
        placeholder="Field, such as data.branch"
        aria-label="Fields that contain"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {query.isError && (
        <ProblemLine
          what="The fields could not be listed"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && !query.isError && <p className="facet-note">Loading…</p>}
      <ul>
        {found.slice(0, mostShown).map(({ field, examples, count }) => (
          <li key={field}>
            <button
              type="button"
              className="facet-field"
              title={examples.length > 0 ? `Such as ${examples.join(', ')}` : undefined}
              onClick={() => onAdd(field)}
            >
              <bdi className="truncate">{field}</bdi>
              <span className="facet-count">{count.toLocaleString('en')}</span>
            </button>
          </li>
        ))}
      </ul>
      {query.data && found.length === 0 && <p className="facet-note">No field of these events fits.</p>}
      {found.length > mostShown && (
        <p className="facet-note">{found.length - mostShown} more: type a part of the name.</p>
      )}
    </div>
  );
}
