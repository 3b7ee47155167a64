import { useContext, useState } from 'react';
import { CommandsContext, sections } from './commands.js';
import { KeyCaps, modifierName } from './key-caps.js';
import { Modal } from './modal.js';
import { usePreference } from './preferences.js';

/** The keys of the page, by what they are for, and the switch for those that are a single one. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const registry = useContext(CommandsContext);
  const [commands] = useState(() => registry.all().filter(({ keys }) => keys !== undefined));
  return (
    <Modal title="Keyboard help" onClose={onClose} className="help">
      <div className="min-h-0 overflow-y-auto p-4 pt-2" data-scrolls>
        <SingleKeys />
        <div className="help-sections">
          {sections.map((section) => {
            const of = commands.filter((command) => command.section === section);
            return of.length === 0 ? null : (
              <section key={section} aria-label={section}>
                <h3 className="help-section">{section}</h3>
                <dl>
                  {of.map(({ id, keys = [], title }) => (
                    <div key={id} className="help-row">
                      <dt>
                        <KeyCaps keys={keys} />
                      </dt>
                      <dd>{title}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            );
          })}
        </div>
      </div>
    </Modal>
  );
}

function SingleKeys() {
  const [value, set] = usePreference('single-keys');
  return (
    <div className="help-switch">
      <label className="choice -mx-2">
        <input
          type="checkbox"
          role="switch"
          checked={value !== 'off'}
          aria-checked={value !== 'off'}
          onChange={(event) => set(event.target.checked ? undefined : 'off')}
          aria-describedby="single-keys-about"
        />
        Single-key shortcuts
      </label>
      <p id="single-keys-about" className="text-muted">
        A letter or a sign by itself does something while nothing is being typed. Switch them off if you
        dictate text, or press keys by accident. Arrows, Enter, Esc and keys together with {modifierName} go
        on. This browser remembers it.
      </p>
    </div>
  );
}
