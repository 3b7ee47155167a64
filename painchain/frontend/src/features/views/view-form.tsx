import { type ReactNode, type SyntheticEvent, useId } from 'react';

export type Draft = { name: string; is_shared: boolean; is_default: boolean };

type Props = {
  draft: Draft;
  onDraft(draft: Draft): void;
  /** A view stays shared or personal, as it was made. */
  canShare: boolean;
  isBusy: boolean;
  onSubmit(): void;
  onCancel(): void;
  /** A problem, which nothing that was typed is lost over. */
  problem: ReactNode;
  children?: ReactNode;
};

const longestName = 100;

/** The name of a view, and whom it is for. */
export function ViewForm(props: Props) {
  const { draft, onDraft, canShare, isBusy, onSubmit, onCancel, problem, children } = props;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isBusy && draft.name.trim() !== '') onSubmit();
  };
  return (
    <form onSubmit={submit} className="view-form">
      <label className="flex flex-col gap-1">
        Name
        <input
          data-first
          type="text"
          className="field-input"
          required
          maxLength={longestName}
          autoComplete="off"
          value={draft.name}
          onChange={(event) => onDraft({ ...draft, name: event.target.value })}
        />
      </label>
      {canShare && <Audience draft={draft} onDraft={onDraft} />}
      <label className="choice -mx-2">
        <input
          type="checkbox"
          checked={draft.is_default}
          onChange={(event) => onDraft({ ...draft, is_default: event.target.checked })}
        />
        {draft.is_shared
          ? 'Home opens with it, for all without a default of their own'
          : 'Home opens with it'}
      </label>
      {problem}
      <div className="flex gap-2">
        <button type="submit" className="button-primary" aria-disabled={isBusy}>
          Save
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        {children}
      </div>
    </form>
  );
}

function Audience({ draft, onDraft }: Pick<Props, 'draft' | 'onDraft'>) {
  const group = useId();
  const choices = [
    { is_shared: false, words: 'Me, in this browser' },
    { is_shared: true, words: 'Everybody' },
  ];
  return (
    <fieldset>
      <legend>For</legend>
      {choices.map(({ is_shared, words }) => (
        <label key={words} className="choice -mx-2">
          <input
            type="radio"
            name={group}
            checked={draft.is_shared === is_shared}
            onChange={() => onDraft({ ...draft, is_shared })}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
