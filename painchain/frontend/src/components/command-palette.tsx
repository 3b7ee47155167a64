import { type KeyboardEvent, useContext, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Command, CommandsContext } from './commands.js';
import { fitting } from './fuzzy.js';
import { KeyCaps } from './key-caps.js';
import { Modal } from './modal.js';

/** Everything that can be done on the page, by its name. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const registry = useContext(CommandsContext);
  const [commands] = useState(() => registry.all().filter(({ id, run }) => run && id !== 'palette'));
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = bySection(fitting(text, commands, (command) => command.title));
  const count = found.flatMap(({ of }) => of).length;

  const run = (command: Command | undefined) => {
    if (!command) return;
    // Only when the window is gone can the command give the focus to something.
    flushSync(onClose);
    command.run?.();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) setActive((active + step + count) % count);
    else if (event.key === 'Enter') run(found.flatMap(({ of }) => of)[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal title="Commands" onClose={onClose} framed={false} className="palette">
      <input
        data-first
        type="text"
        role="combobox"
        className="palette-input"
        aria-label="Find a command"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={count > 0 ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        placeholder="Find a command, a view, a page"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={pressed}
      />
      <p role="status" className="sr-only">
        {count === 1 ? '1 command' : `${count} commands`}
      </p>
      <Found id={listId} sections={found} active={active} onRun={run} />
    </Modal>
  );
}

type Part = { section: string; of: Command[]; from: number };

/** The section with the best one first; `from` is the place of a section's first one among all. */
function bySection(commands: readonly Command[]): Part[] {
  const parts = new Map<string, Command[]>();
  for (const command of commands)
    parts.set(command.section, [...(parts.get(command.section) ?? []), command]);
  let from = 0;
  return [...parts].map(([section, of]) => {
    const part = { section, of, from };
    from += of.length;
    return part;
  });
}

type FoundProps = { id: string; sections: Part[]; active: number; onRun(command: Command): void };

function Found({ id, sections, active, onRun }: FoundProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, sections]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Commands" className="palette-list">
      {sections.map(({ section, of, from }) => (
        <div key={section} role="group" aria-label={section}>
          <p className="palette-section" aria-hidden="true">
            {section}
          </p>
          {of.map((command, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input above has the keys
            <div
              key={command.id}
              id={`${id}-${from + index}`}
              role="option"
              tabIndex={-1}
              aria-selected={from + index === active}
              className="palette-option"
              onClick={() => onRun(command)}
            >
              <bdi className="truncate">{command.title}</bdi>
              {command.keys && <KeyCaps keys={command.keys} />}
            </div>
          ))}
        </div>
      ))}
      {sections.length === 0 && <p className="p-3 text-muted">No command fits. Try fewer letters.</p>}
    </div>
  );
}
