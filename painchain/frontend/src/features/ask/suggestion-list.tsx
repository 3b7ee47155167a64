import { useEffect, useRef } from 'react';
import { classNames } from '../../components/class-names.js';
import type { Suggestion } from './suggestions.js';

type Props = {
  id: string;
  suggestions: readonly Suggestion[];
  active: string | undefined;
  onChoose(suggestion: Suggestion): void;
};

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** What can be typed next. The focus stays in the box, which says which one is active. */
export function SuggestionList({ id, suggestions, active, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // A press must not take the focus from the box, which would close the list under it.
    <div
      ref={list}
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label="Suggestions"
      className="suggestions"
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, index) => (
        // The keys are those of the box.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={suggestion.key}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={suggestion.key === active}
          className={classNames('suggestion', `suggestion-${suggestion.kind}`)}
          onClick={() => onChoose(suggestion)}
        >
          <bdi className="suggestion-label">{suggestion.label}</bdi>
          {suggestion.hint !== undefined && (
            <>
              <span className="sr-only">, </span>
              <bdi className="suggestion-hint">{suggestion.hint}</bdi>
            </>
          )}
        </div>
      ))}
    </div>
  );
}
