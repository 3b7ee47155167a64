import type { Draft } from './draft.js';

const longestName = 200;

type Props = { draft: Draft; onChange(change: (before: Draft) => Draft): void };

/** What an integration is called, and whose it is. */
export function NameFields({ draft, onChange }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <div className="form-field">
        <label htmlFor="integration-name">
          Name <span className="text-muted">(needed)</span>
        </label>
        <input
          id="integration-name"
          className="field-input w-full"
          maxLength={longestName}
          autoComplete="off"
          value={draft.name}
          onChange={({ target }) => onChange((before) => ({ ...before, name: target.value }))}
        />
      </div>
      <div className="form-field">
        <label htmlFor="integration-group">Group</label>
        <input
          id="integration-group"
          className="field-input w-full"
          maxLength={longestName}
          autoComplete="off"
          aria-describedby="integration-group-words"
          value={draft.group}
          onChange={({ target }) => onChange((before) => ({ ...before, group: target.value }))}
        />
        <p id="integration-group-words" className="text-muted">
          Such as a team: what it groups can be filtered by.
        </p>
      </div>
    </div>
  );
}
