import { CornerDownLeft, Search, X } from 'lucide-react';
import { useId } from 'react';
import { classNames } from '../../components/class-names.js';
import { useCommands } from '../../components/commands.js';
import { IconButton } from '../../components/icon-button.js';
import { MirroredText } from './mirrored-text.js';
import { optionId, SuggestionList } from './suggestion-list.js';
import type { Fault } from './use-fault.js';
import { type QueryBoxProps, useQueryBox } from './use-query-box.js';

type Box = ReturnType<typeof useQueryBox>;

/** The box for the query language. */
export function QueryBox(props: QueryBoxProps) {
  const listId = useId();
  const faultId = useId();
  const box = useQueryBox(props);
  const { input, text, suggestions, chosen, isOpen, fault } = box;
  useCommands([
    { id: 'search', title: 'Search', section: 'Timeline', keys: ['/'], run: () => input.current?.focus() },
  ]);
  return (
    <search className="ask-query">
      <form
        className="ask-box"
        onSubmit={(event) => {
          event.preventDefault();
          box.submit();
        }}
      >
        <Search size={14} className="shrink-0 text-muted" aria-hidden="true" />
        <div className="ask-text">
          {fault && <MirroredText input={input} text={text} span={fault.error.span} isSoft={fault.isSoft} />}
          <QueryInput box={box} listId={listId} faultId={faultId} />
        </div>
        <Buttons box={box} />
      </form>
      {isOpen && (
        <SuggestionList id={listId} suggestions={suggestions} active={chosen} onChoose={box.accept} />
      )}
      <FaultText id={faultId} fault={fault} />
      <p role="status" className="sr-only">
        {isOpen ? `${suggestions.length} suggestions` : ''}
      </p>
    </search>
  );
}

function QueryInput({ box, listId, faultId }: { box: Box; listId: string; faultId: string }) {
  const { input, text, isOpen, active, fault, handlers } = box;
  return (
    <input
      ref={input}
      type="text"
      role="combobox"
      className="ask-input"
      aria-label="Query"
      aria-autocomplete="list"
      aria-expanded={isOpen}
      aria-controls={isOpen ? listId : undefined}
      aria-activedescendant={active < 0 ? undefined : optionId(listId, active)}
      aria-invalid={fault !== undefined && !fault.isSoft}
      aria-describedby={faultId}
      placeholder="Search, or ask as in status:failure project:acme/*"
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="search"
      value={text}
      onChange={(event) => handlers.onInput(event.target)}
      onSelect={(event) => handlers.onSelect(event.currentTarget)}
      onFocus={handlers.onFocus}
      onClick={handlers.onClick}
      onBlur={handlers.onBlur}
      onKeyDown={handlers.onKeyDown}
      onPaste={handlers.onPaste}
    />
  );
}

function Buttons({ box: { text, isFocused, isApplied, empty } }: { box: Box }) {
  return (
    <>
      {text !== '' && (
        <IconButton label="Empty the query box" className="ask-inner" onClick={empty}>
          <X size={14} />
        </IconButton>
      )}
      {text === '' && !isFocused && (
        <kbd className="key wide-only" aria-hidden="true">
          /
        </kbd>
      )}
      <button
        type="submit"
        className={classNames('icon-button ask-inner', !isApplied && 'ask-waiting')}
        aria-label="Search"
        title={isApplied ? 'Search (Enter)' : 'Not searched for yet (Enter)'}
      >
        <CornerDownLeft size={14} aria-hidden="true" />
      </button>
    </>
  );
}

function FaultText({ id, fault }: { id: string; fault: Fault | undefined }) {
  return (
    <p
      id={id}
      role={fault && !fault.isSoft ? 'alert' : undefined}
      className={classNames('fault empty:hidden', fault?.isSoft && 'fault-soft')}
    >
      {fault?.error.message}
    </p>
  );
}
