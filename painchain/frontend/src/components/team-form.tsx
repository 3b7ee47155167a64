import type { Facets, NewTeam, Team } from '@painchain/contract';
import { limits } from '@painchain/contract/limits';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { apiUrl, getJson } from '../api/client.js';
import { ProblemError } from '../api/problem-error.js';
import { oldestEventQuery } from '../api/queries.js';

type Props = {
  /** Undefined: one that is not there yet. */
  team: Team | undefined;
  error: Error | null;
  isSaving: boolean;
  onSave(team: NewTeam): void;
  onCancel(): void;
};

/** The name of a team and its tags. */
export function TeamForm({ team, error, isSaving, onSave, onCancel }: Props) {
  const [name, setName] = useState(team?.name ?? '');
  const [tags, setTags] = useState<readonly string[]>(team?.tags ?? []);
  const [tag, setTag] = useState('');
  const suggested = useTags().filter((each) => !tags.includes(each));
  const all = withTag(tags, tag);
  const canSave = name.trim() !== '' && all.length > 0 && all.length <= limits.tags && !isSaving;
  const add = () => {
    setTags(all);
    setTag('');
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) onSave({ name: name.trim(), tags: [...all] });
      }}
    >
      <label className="flex flex-col gap-1">
        <span>Name</span>
        <input
          // The reader has just asked for it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          className="field-input"
          maxLength={limits.teamName}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="flex flex-col gap-1">
        <label htmlFor="team-tag">Tags</label>
        {tags.length > 0 && (
          <ul className="flex flex-wrap gap-1">
            {tags.map((each) => (
              <li key={each}>
                <button
                  type="button"
                  className="filter-chip"
                  aria-label={`Remove the tag ${each}`}
                  onClick={() => setTags(tags.filter((other) => other !== each))}
                >
                  <bdi>{each}</bdi> <X size={12} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="flex gap-2">
          <input
            id="team-tag"
            className="field-input min-w-0 flex-1"
            list="team-tags"
            maxLength={limits.tag}
            value={tag}
            placeholder="A tag of projects"
            onChange={(event) => setTag(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || tag.trim() === '') return;
              event.preventDefault();
              add();
            }}
          />
          <datalist id="team-tags">
            {suggested.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </datalist>
          <button type="button" className="button" disabled={tag.trim() === ''} onClick={add}>
            Add tag
          </button>
        </div>
      </div>
      {error && <SaveFault error={error} />}
      <div className="flex gap-2">
        <button type="submit" className="button-primary" disabled={!canSave}>
          {team ? 'Save' : 'Add team'}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function withTag(tags: readonly string[], tag: string): readonly string[] {
  const given = tag.trim();
  return given === '' || tags.includes(given) ? tags : [...tags, given];
}

function SaveFault({ error }: { error: Error }) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <div role="alert" className="text-bad">
      <p>
        The team could not be saved: <bdi>{error.message}</bdi>
      </p>
      {problem?.errors?.map(({ pointer, detail }) => (
        <p key={pointer}>
          <code className="value-code">{pointer}</code> <bdi>{detail}</bdi>
        </p>
      ))}
      {problem?.instance !== undefined && (
        <p className="text-muted">
          Request id <code className="value-code">{problem.instance}</code>
        </p>
      )}
    </div>
  );
}

/** The tags that events of any time carry, the most frequent first. */
function useTags(): readonly string[] {
  const oldest = useQuery(oldestEventQuery);
  const tags = useQuery({
    queryKey: ['tags', oldest.data],
    queryFn: ({ signal }) =>
      getJson<Facets>(
        apiUrl('/timeline/facets', { field: ['tag'], from: oldest.data, limit: limits.facetValues }),
        signal,
      ),
    select: ({ facets }) => facets[0]?.values.map(({ value }) => value) ?? [],
    enabled: oldest.isFetched,
    staleTime: 60_000,
  });
  return tags.data ?? [];
}
