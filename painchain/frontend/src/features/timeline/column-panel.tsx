import type { Fields } from '@painchain/contract';
import { limits } from '@painchain/contract/limits';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { askedOf } from '../../address/asked.js';
import { groupings, type HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { apiUrl, getJson } from '../../api/client.js';
import { useZone } from '../../components/clock.js';
import { IconButton } from '../../components/icon-button.js';
import { usePreference } from '../../components/preferences.js';
import { moved, offered } from './column-list.js';
import { groupedBy } from './order.js';

type Props = { search: HomeSearch; change: HomeChange };

/** Which columns there are beyond those that every timeline has, and how rows are laid out. */
export function ColumnPanel({ search, change }: Props) {
  return (
    <div className="column-panel">
      <Layout search={search} change={change} />
      <AddedColumns cols={search.cols ?? []} change={change} />
      <FieldList search={search} change={change} />
    </div>
  );
}

/** The columns of every timeline whose heads a narrow screen has no room for. */
const sortable = ['title', 'status', 'project', 'connector', 'actor'];

function Layout({ search, change }: Props) {
  const [height, setHeight] = usePreference('row-height');
  return (
    <fieldset className="flex flex-col">
      <legend className="sr-only">Layout</legend>
      <label className="choice md:hidden">
        Group by
        <select
          className="control"
          value={search.group ?? 'day'}
          onChange={(event) => change.set(groupedBy(event.target.value))}
        >
          {groupings.map((grouping) => (
            <option key={grouping}>{grouping}</option>
          ))}
        </select>
      </label>
      <label className="choice md:hidden">
        Sort by
        <select
          className="control"
          value={search.sort ?? '-timestamp'}
          onChange={(event) => change.set({ sort: event.target.value, group: undefined })}
        >
          <option value="-timestamp">newest first</option>
          <option value="timestamp">oldest first</option>
          {[...sortable, ...(search.cols ?? [])].flatMap((field) => [
            <option key={field} value={field}>{`${field}, up`}</option>,
            <option key={`-${field}`} value={`-${field}`}>{`${field}, down`}</option>,
          ])}
        </select>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={search.fold !== 'off'}
          onChange={(event) => change.set({ fold: event.target.checked ? undefined : 'off' })}
        />
        Fold repeats, and the states of one subject
      </label>
      <label className="choice max-md:hidden">
        <input
          type="checkbox"
          checked={height === 'compact'}
          onChange={(event) => setHeight(event.target.checked ? 'compact' : undefined)}
        />
        Compact rows
      </label>
    </fieldset>
  );
}

/** The added columns in their order. */
function AddedColumns({ cols, change }: { cols: string[]; change: HomeChange }) {
  if (cols.length === 0) return null;
  const set = (next: string[]) => change.set({ cols: next });
  return (
    <ol className="column-list" aria-label="Added columns">
      {cols.map((field, index) => (
        <li key={field} className="flex items-center">
          <bdi className="min-w-0 flex-1 truncate" title={field}>
            {field}
          </bdi>
          <IconButton
            label={`Move ${field} to the left`}
            disabled={index === 0}
            onClick={() => set(moved(cols, index, -1))}
          >
            <ArrowUp size={14} />
          </IconButton>
          <IconButton
            label={`Move ${field} to the right`}
            disabled={index === cols.length - 1}
            onClick={() => set(moved(cols, index, 1))}
          >
            <ArrowDown size={14} />
          </IconButton>
          <IconButton label={`Remove ${field}`} onClick={() => set(cols.filter((each) => each !== field))}>
            <X size={14} />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}

/** The fields of the events that match, to add as columns. */
function FieldList({ search, change }: Props) {
  const zone = useZone();
  const [text, setText] = useState('');
  const cols = search.cols ?? [];
  const found = useQuery({
    queryKey: ['column-fields', search.q, search.range, search.from, search.to, zone],
    queryFn: ({ signal }) =>
      getJson<Fields>(
        apiUrl('/timeline/fields', { ...askedOf(search, Date.now(), zone), limit: limits.fields }),
        signal,
      ),
    staleTime: 60_000,
  });
  const isFull = cols.length >= limits.columns;
  return (
    <div className="flex min-h-0 flex-col gap-1">
      <input
        type="search"
        className="field-input"
        placeholder="Add a column…"
        aria-label="Find a field"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {isFull && <p className="px-2 text-muted">There is room for {limits.columns} added columns.</p>}
      {found.isPending && <p className="px-2 text-muted">Loading the fields…</p>}
      {found.isError && (
        <p className="px-2 text-bad">The fields could not be loaded. {found.error.message}</p>
      )}
      <ul className="column-list" aria-label="Fields">
        {offered(found.data?.fields ?? [], cols, text).map(({ field, examples }) => (
          <li key={field}>
            <button
              type="button"
              className="choice w-full text-left"
              disabled={isFull}
              onClick={() => change.set({ cols: [...cols, field] })}
            >
              <bdi className="shrink-0">{field}</bdi>
              <bdi className="truncate text-muted">{examples[0]}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
