import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { readQuery } from '../../address/conditions.js';
import type { HomeSearch } from '../../address/home-search.js';
import { textList, usePreference } from '../../components/preferences.js';
import { remember } from './recent-queries.js';
import { replaceText } from './replace-text.js';
import {
  completionSuggestions,
  moved,
  type Offer,
  type Suggestion,
  wholeSuggestions,
} from './suggestions.js';
import { useCompletions } from './use-completions.js';
import { oneLine, useDraft } from './use-draft.js';
import { useFault } from './use-fault.js';

/** Closed; with what can stand at the cursor; or with whole queries, too. */
type List = 'closed' | 'completions' | 'whole';

export type QueryBoxProps = {
  search: HomeSearch;
  onApply(query: string): void;
  offers: readonly Offer[];
};

/**
 * How the box for the query behaves: a combobox. Suggestions help and never stand in the way: Enter applies what is
 * typed, unless the arrows chose one of them.
 */
export function useQueryBox({ search, onApply, offers }: QueryBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const { text, setText, setFocused, isFocused, isApplied } = useDraft(search.q);
  const [cursor, setCursor] = useState(text.length);
  const [list, setList] = useState<List>('closed');
  const [chosen, setChosen] = useState<string>();
  const [recent] = usePreference('recent-queries');
  const { fault, refuse } = useFault(text, isApplied);

  const completions = useCompletions(text, cursor, list !== 'closed', search);
  const whole = list === 'whole' || text === '' ? wholeSuggestions(textList(recent), offers) : [];
  const suggestions = list === 'closed' ? [] : [...whole, ...completionSuggestions(completions)];
  const active = suggestions.findIndex(({ key }) => key === chosen);
  const isOpen = suggestions.length > 0;

  const close = () => {
    setList('closed');
    setChosen(undefined);
  };
  const apply = (query: string) => {
    close();
    if ('fault' in readQuery(query)) {
      refuse();
      return;
    }
    remember(query);
    onApply(query);
  };
  const accept = (suggestion: Suggestion) => {
    setChosen(undefined);
    if (suggestion.act === 'complete') {
      const { span, insert } = suggestion.completion;
      if (input.current) replaceText(input.current, span, insert);
    } else if (suggestion.act === 'ask') {
      setText(suggestion.query);
      apply(suggestion.query);
    } else {
      close();
      suggestion.run();
    }
  };
  const submit = () => {
    const suggestion = suggestions[active];
    if (suggestion) accept(suggestion);
    else apply(text);
  };
  const empty = () => input.current && replaceText(input.current, { from: 0, to: text.length }, '');

  const arrow = (by: 1 | -1) => {
    if (isOpen) setChosen(moved(suggestions, chosen, by));
    else setList(isApplied ? 'whole' : 'completions');
  };
  const tab = (): boolean => {
    // Where nothing is being completed, Tab goes on to the next control.
    const isCompleting = list === 'completions' && /\S$/.test(text.slice(0, cursor));
    const suggestion = suggestions[active] ?? (isCompleting ? suggestions[0] : undefined);
    if (suggestion) accept(suggestion);
    return suggestion !== undefined;
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') arrow(1);
    else if (event.key === 'ArrowUp') arrow(-1);
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Escape') input.current?.blur();
    else if (event.key !== 'Tab' || event.shiftKey || !tab()) return;
    event.preventDefault();
  };

  const handlers = {
    onInput: (box: HTMLInputElement) => {
      setText(box.value);
      setCursor(box.selectionStart ?? box.value.length);
      setChosen(undefined);
      setList('completions');
    },
    onSelect: (box: HTMLInputElement) => setCursor(box.selectionStart ?? 0),
    onFocus: () => {
      setFocused(true);
      if (text === '') setList('whole');
    },
    onClick: () => text === '' && setList('whole'),
    onBlur: () => {
      setFocused(false);
      close();
    },
    onKeyDown: pressed,
    onPaste: pasted,
  };
  return {
    input,
    text,
    isFocused,
    isApplied,
    suggestions,
    chosen,
    active,
    isOpen,
    // What is unfinished while there are suggestions for it is no fault yet.
    fault: fault && !(fault.isSoft && isOpen) ? fault : undefined,
    accept,
    submit,
    empty,
    handlers,
  };
}

/** Text of several lines becomes one line, with spaces where the browser would put nothing. */
function pasted(event: ClipboardEvent<HTMLInputElement>): void {
  const paste = event.clipboardData.getData('text/plain');
  const box = event.currentTarget;
  if (!/[\r\n]/.test(paste)) return;
  event.preventDefault();
  const span = { from: box.selectionStart ?? 0, to: box.selectionEnd ?? 0 };
  replaceText(box, span, oneLine(paste.trim()));
}
